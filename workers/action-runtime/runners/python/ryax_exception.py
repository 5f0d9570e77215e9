"""Lets users declare a RyaxException as they commonly do."""

import builtins


class KeywordException(Exception):
    """Stands in for Exception as the base of a class named RyaxException.

    Users commonly declare only `message: str` and `code: int` and raise with keyword arguments, which Exception
    refuses. Annotated names take positional arguments in order, as a dataclass would.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args)
        names = []
        for cls in reversed(type(self).__mro__):
            names += [name for name in cls.__dict__.get("__annotations__", {}) if name not in names]
        for name, value in list(zip(names, args)) + list(kwargs.items()):
            setattr(self, name, value)


def accept_bare_ryax_exceptions():
    build_class = builtins.__build_class__

    def build(func, name, /, *bases, **kwargs):
        if name == "RyaxException":
            bases = tuple(KeywordException if base is Exception else base for base in bases)
        return build_class(func, name, *bases, **kwargs)

    builtins.__build_class__ = build
