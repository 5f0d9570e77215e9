"""What is told of an error that the user's code raised: to the supervisor, and in the step's log."""

import importlib
import os
import sys

from .output_streams import OutputInvalid
from .streams import tagged_errors

MAX_MESSAGE_CHARS = 8 * 1024
LOGGED_FRAMES = 50
OWN_FOLDER = os.path.dirname(__file__) + os.sep

# As it was before the user's package came on it.
standard_path = list(sys.path)
traceback = None


def load_traceback():
    """The standard one, which takes too long to load before it is needed; a package may have a module of its name."""
    global traceback
    if traceback is None:
        path, sys.path = sys.path, standard_path
        theirs = sys.modules.pop("traceback", None)
        try:
            traceback = importlib.import_module("traceback")
        finally:
            sys.path = path
            sys.modules.pop("traceback", None)
            if theirs is not None:
                sys.modules["traceback"] = theirs
    return traceback


def is_own(frame):
    return frame.tb_frame.f_code.co_filename.startswith(OWN_FOLDER)


def log_traceback(error):
    """Writes where an error comes from, and what caused it, to the step's log: without the runner's own frames."""
    try:
        frame = error.__traceback__
        while frame is not None and is_own(frame):
            frame = frame.tb_next
        format_exception = load_traceback().format_exception
        text = "".join(format_exception(type(error), error, frame, limit=-LOGGED_FRAMES))
        sys.stderr.flush()
        tagged_errors.write(text.encode("utf-8", "backslashreplace"))
    except Exception:
        pass


def text_of(value):
    try:
        return str(value)
    except Exception:
        return "<unprintable>"


def stack_of(error, root):
    """Outermost first, without the runner's own frames and those of the import machinery."""
    frames = []
    try:
        frame = error.__traceback__
        while frame is not None:
            code = frame.tb_frame.f_code
            if not is_own(frame) and "importlib" not in code.co_filename:
                path = code.co_filename
                file = path[len(root) + 1 :] if path.startswith(root + os.sep) else path
                frames.append({"file": file[-500:], "line": frame.tb_lineno, "name": code.co_name[:300]})
            frame = frame.tb_next
        if isinstance(error, SyntaxError) and error.filename:
            frames.append({"file": os.path.basename(error.filename)[:500], "line": error.lineno, "name": "<module>"})
    except Exception:
        pass
    return frames[-30:]


def ryax_of(error, code):
    if all(cls.__name__ != "RyaxException" for cls in type(error).__mro__):
        return None
    is_status = isinstance(code, int) and not isinstance(code, bool) and abs(code) < 10**6
    message = text_of(getattr(error, "message", ""))[:MAX_MESSAGE_CHARS]
    return {"message": message, "code": code if is_status else None}


def describe_error(error, origin, root):
    code = getattr(error, "code", None)
    is_plain = isinstance(code, (int, str)) and not isinstance(code, bool) and len(str(code)) <= 15
    described = {
        "class": type(error).__name__[:300],
        "module": text_of(type(error).__module__)[:300],
        "message": text_of(error)[:MAX_MESSAGE_CHARS],
        "code": code if is_plain else None,
        "stack": stack_of(error, root),
        "origin": origin,
        "ryax": ryax_of(error, code),
    }
    if isinstance(error, OutputInvalid):
        described.update({"class": "OutputInvalid", "module": None, "code": "OUTPUT_INVALID", "origin": "runtime"})
    return described
