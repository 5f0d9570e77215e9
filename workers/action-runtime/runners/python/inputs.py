"""What a call brings, as the handler gets it."""

import base64

from .frames import loads


def convert_input(io_type, value):
    if value is None:
        return None
    if io_type == "bytes":
        return base64.b64decode(value)
    if io_type == "float":
        return float(value)
    if io_type == "integer":
        return int(value)
    return value


def inputs_of(call, types):
    """The inputs by name; what is a file is its path, and a large value waits in one."""
    inputs = {name: convert_input(types.get(name), value) for name, value in call["inputs"].items()}
    for item in call["files"]:
        if item["kind"] == "value":
            with open(item["path"], encoding="utf-8", errors="surrogatepass") as file:
                inputs[item["input"]] = convert_input(types.get(item["input"]), loads(file.read()))
        else:
            inputs[item["input"]] = item["path"]
    return inputs
