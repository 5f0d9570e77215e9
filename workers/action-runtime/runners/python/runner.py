"""Runs one action's Python handler inside its sandbox, one call at a time. Only the standard library of Python 3.9 and later.

The modules beside this file are a package that the interpreter's path does not lead to, under a name of its own: a
handler's `import frames` finds the handler's module and never ours, nor do ours find the handler's.
"""

import importlib
import os
import sys
import types

PACKAGE = "_millrace_runner"


def main():
    # At the weak levels this folder is the installation's own.
    sys.dont_write_bytecode = True
    package = sys.modules[PACKAGE] = types.ModuleType(PACKAGE)
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    importlib.import_module(PACKAGE + ".serve").serve()


main()
