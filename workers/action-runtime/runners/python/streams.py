"""What a handler writes: stdout, stderr and `logging` in order down one pipe."""

import importlib.util
import io
import os
import sys

from .frames import write


class TaggedRaw(io.RawIOBase):
    """stderr on stdout's pipe, so that lines keep their order; each line carries a tag that tells it apart."""

    def __init__(self, tag):
        self.tag = b"\0" + tag
        self.at_line_start = True

    def writable(self):
        return True

    def fileno(self):
        return 2

    def write(self, data):
        data = bytes(data)
        try:
            sys.stdout.flush()
        except Exception:
            pass
        tagged = b""
        for line in data.splitlines(keepends=True):
            tagged += (self.tag if self.at_line_start else b"") + line
            self.at_line_start = line.endswith(b"\n")
        write_all(tagged)
        return len(data)


def write_all(data):
    view = memoryview(data)
    while view:
        view = view[write(1, view) :]


tagged_errors = TaggedRaw(b"E")


def system_line(text):
    try:
        sys.stdout.flush()
        write_all(b"\0S" + text.encode("utf-8", "backslashreplace") + b"\n")
    except Exception:
        pass


class LoggingAtInfo:
    """Shows handlers' `logging` from INFO on; most handlers never load it, and it takes long to load."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            # A package may have a module of this name.
            if hasattr(module, "getLogger"):
                module.getLogger().setLevel(module.INFO)

        spec.loader.exec_module = exec_module
        return spec


def set_up_streams():
    os.dup2(1, 2)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(1, "w", closefd=False)), "utf-8", "backslashreplace", line_buffering=True
    )
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(tagged_errors), "utf-8", "backslashreplace", line_buffering=True)
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr
    sys.meta_path.insert(0, LoggingAtInfo())


def end_logs(mark):
    """Writes the mark that no line of this call comes after."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    try:
        write_all(b"\n\0" + mark.encode() + b"\n")
    except Exception:
        pass
