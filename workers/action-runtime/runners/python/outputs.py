"""Turns what a handler returned into the text of an answer, with whatever is too large for it streamed ahead."""

import base64
import os

from .frames import dumps
from .output_streams import OutputInvalid, OutputStreams
from .streams import system_line

STREAMED_VALUE_BYTES = 256 * 1024
MAX_SAFE_INTEGER = 2**53 - 1
FILE_TYPES = ("file", "table")


def describe(value):
    return "None" if value is None else type(value).__name__


def path_of(name, io_type, value):
    if not isinstance(value, (str, os.PathLike)):
        raise OutputInvalid(f"The output {name!r} is a {io_type}: return its path, not {describe(value)}.")
    path = os.path.abspath(os.fspath(value))
    wanted, test = ("folder", os.path.isdir) if io_type == "directory" else ("regular file", os.path.isfile)
    if not test(path):
        raise OutputInvalid(f"The output {name!r} names {str(value)!r}, which is not an existing {wanted}.")
    return path


def outputs_of(result):
    if result is None:
        return {}
    if isinstance(result, list) and len(result) == 1 and isinstance(result[0], dict):
        return result[0]
    if not isinstance(result, dict):
        raise OutputInvalid(f"The handler must return a dict of its outputs, but it returned {describe(result)}.")
    return result


class OutputWriter:
    """Writes the outputs of one call, or of one run that a trigger asks for."""

    def __init__(self, channel, call_id, declared):
        self.declared = {output["name"]: output["type"] for output in declared}
        self.streams = OutputStreams(channel, call_id)

    def convert(self, result):
        """The outputs as JSON. @raises OutputInvalid naming the output"""
        encoded = []
        for name, value in outputs_of(result).items():
            if name not in self.declared:
                system_line(f"The output {str(name)!r} is not declared in the metadata and was dropped.")
            elif value is not None:
                encoded.append(f"{dumps(name)}:{self.encode(name, self.declared[name], value)}")
        return "{" + ",".join(encoded) + "}"

    def encode(self, name, io_type, value):
        if io_type in FILE_TYPES:
            return dumps({"stream": self.streams.send_file(name, path_of(name, io_type, value))})
        if io_type == "directory":
            return dumps({"stream": self.streams.send_directory(name, path_of(name, io_type, value))})
        if io_type == "bytes" and isinstance(value, (bytes, bytearray, memoryview)):
            value = base64.b64encode(bytes(value)).decode()
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_SAFE_INTEGER:
            return dumps({"int": str(value)})
        text = self.text_of(name, value)
        if len(text) > STREAMED_VALUE_BYTES:
            return dumps({"stream": self.streams.send_value(name, text)})
        return '{"json":' + text + "}"

    def text_of(self, name, value):
        try:
            return dumps(value, allow_nan=False)
        except RecursionError:
            raise OutputInvalid(f"The output {name!r} is nested too deeply to be written as JSON.") from None
        except (TypeError, ValueError) as error:
            raise OutputInvalid(f"The output {name!r} cannot be written as JSON: {error}.") from None
