"""Finds the function to call in a package's entry file."""

import importlib.util
import os
import sys


def load_handler(entry, root, names):
    """The first of these names that the entry defines. @raises ImportError where it defines none"""
    spec = importlib.util.spec_from_file_location(entry[: -len(".py")], os.path.join(root, entry))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    for name in names:
        handler = getattr(module, name, None)
        if callable(handler):
            return handler
    raise ImportError(f"{entry} defines no {'() and no '.join(names)}().")
