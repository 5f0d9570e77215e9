"""Runs one action's Python handler inside its sandbox, one call at a time.

Speaks the frame protocol of ../../frames.ts on fd 3. Only the standard library of Python 3.9 and later.
"""

import base64
import builtins
import fcntl
import importlib.util
import io
import json
import os
import stat
import struct
import sys
import threading

CHUNK_BYTES = 256 * 1024
STREAMED_VALUE_BYTES = 256 * 1024
COPIED_PACKAGE_BYTES = 16 * 1024 * 1024
MAX_MESSAGE_CHARS = 8 * 1024
LOGGED_FRAMES = 50
MAX_SAFE_INTEGER = 2**53 - 1
FILE_TYPES = ("file", "table")

# Taken before the user's code loads, which may replace any of them.
_dumps, _loads, _read, _write = json.dumps, json.loads, os.read, os.write


class Channel:
    def __init__(self):
        # A high descriptor that programs started by the handler do not inherit.
        self.fd = fcntl.fcntl(3, fcntl.F_DUPFD_CLOEXEC, 200)
        os.close(3)
        # Handlers tell their progress from threads of theirs.
        self.lock = threading.Lock()

    def _read_exactly(self, count):
        data = b""
        while len(data) < count:
            part = _read(self.fd, count - len(data))
            if not part:
                os._exit(0)
            data += part
        return data

    def receive(self):
        (length,) = struct.unpack(">I", self._read_exactly(4))
        return _loads(self._read_exactly(length)[1:])

    def _send(self, kind, payload):
        data = memoryview(struct.pack(">IB", len(payload) + 1, kind) + payload)
        with self.lock:
            while data:
                data = data[_write(self.fd, data) :]

    def send(self, message):
        self._send(1, _dumps(message, allow_nan=False).encode("utf-8", "surrogatepass"))

    def send_text(self, text):
        self._send(1, text.encode("utf-8", "surrogatepass"))

    def send_chunk(self, stream, data):
        self._send(2, struct.pack(">I", stream) + data)


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
        view = view[_write(1, view) :]


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


class Workspace:
    """The handler's writable view: a private copy of its package as working directory, and empty scratch folders."""

    def __init__(self, paths):
        self.package = paths["action"]
        self.work = paths["work"]
        self.tmp = paths["tmp"]
        self.root = os.path.join(self.work, "action")
        self.environ = dict(os.environ)
        self.manifest = None

    def prepare(self):
        size = sum(entry.stat(follow_symlinks=False).st_size for entry in walk_files(self.package))
        # A large package is linked file by file: readable in place, and still a folder to write into.
        place = os.symlink if size > COPIED_PACKAGE_BYTES else copy_file
        os.makedirs(self.root)
        for folder, folders, files in os.walk(self.package):
            target = os.path.join(self.root, os.path.relpath(folder, self.package))
            for name in folders:
                os.mkdir(os.path.join(target, name))
            for name in files:
                place(os.path.join(folder, name), os.path.join(target, name))
        self.manifest = self.fingerprint()
        os.chdir(self.root)

    def fingerprint(self):
        found = {}
        for entry in walk_files(self.root):
            status = entry.stat(follow_symlinks=False)
            found[entry.path] = (status.st_ino, status.st_size, status.st_mtime_ns)
        return found

    def clean(self):
        """Undoes what a call left behind, so that the next one finds what the first one found."""
        empty(self.tmp)
        empty(self.work, keep="action")
        if self.fingerprint() != self.manifest:
            os.chdir("/")
            remove(self.root)
            self.prepare()
        os.chdir(self.root)
        if dict(os.environ) != self.environ:
            os.environ.clear()
            os.environ.update(self.environ)


def walk_files(folder):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from walk_files(entry.path)
        else:
            yield entry


def copy_file(source, target):
    # What `shutil` would do; it takes longer to load than a package to copy.
    status = os.stat(source)
    with open(source, "rb") as read, open(target, "wb") as written:
        written.write(read.read())
    os.chmod(target, stat.S_IMODE(status.st_mode))
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def remove(path):
    if os.path.islink(path) or not os.path.isdir(path):
        return os.unlink(path)
    os.chmod(path, 0o700)
    empty(path)
    os.rmdir(path)


def empty(folder, keep=None):
    for name in os.listdir(folder):
        if name != keep:
            try:
                remove(os.path.join(folder, name))
            except OSError:
                pass


class OutputInvalid(Exception):
    pass


def describe(value):
    return "None" if value is None else type(value).__name__


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


class OutputWriter:
    """Turns what a handler returned into frames; files and large values are streamed as they are read."""

    def __init__(self, channel, call_id, declared):
        self.channel = channel
        self.call_id = call_id
        self.declared = {output["name"]: output["type"] for output in declared}
        self.streams = 0

    def convert(self, result):
        if result is None:
            result = {}
        if isinstance(result, list) and len(result) == 1 and isinstance(result[0], dict):
            result = result[0]
        if not isinstance(result, dict):
            raise OutputInvalid(f"The handler must return a dict of its outputs, but it returned {describe(result)}.")
        encoded = []
        for name, value in result.items():
            if name not in self.declared:
                system_line(f"The output {str(name)!r} is not declared in the metadata and was dropped.")
            elif value is not None:
                encoded.append(f"{_dumps(name)}:{self.encode(name, self.declared[name], value)}")
        return "{" + ",".join(encoded) + "}"

    def encode(self, name, io_type, value):
        if io_type in FILE_TYPES:
            return _dumps({"stream": self.stream_file(name, "file", self.path_of(name, io_type, value), "")})
        if io_type == "directory":
            return _dumps({"stream": self.stream_directory(name, self.path_of(name, io_type, value))})
        if io_type == "bytes" and isinstance(value, (bytes, bytearray, memoryview)):
            value = base64.b64encode(bytes(value)).decode()
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_SAFE_INTEGER:
            return _dumps({"int": str(value)})
        try:
            text = _dumps(value, allow_nan=False)
        except RecursionError:
            raise OutputInvalid(f"The output {name!r} is nested too deeply to be written as JSON.") from None
        except (TypeError, ValueError) as error:
            raise OutputInvalid(f"The output {name!r} cannot be written as JSON: {error}.") from None
        if len(text) > STREAMED_VALUE_BYTES:
            stream = self.open_stream(name, "value", "", "")
            data = memoryview(text.encode("utf-8", "surrogatepass"))
            for start in range(0, len(data), CHUNK_BYTES):
                self.channel.send_chunk(stream, data[start : start + CHUNK_BYTES])
            self.close_stream(stream)
            return _dumps({"stream": stream})
        return '{"json":' + text + "}"

    def path_of(self, name, io_type, value):
        if not isinstance(value, (str, os.PathLike)):
            raise OutputInvalid(f"The output {name!r} is a {io_type}: return its path, not {describe(value)}.")
        path = os.path.abspath(os.fspath(value))
        wanted, test = ("folder", os.path.isdir) if io_type == "directory" else ("regular file", os.path.isfile)
        if not test(path):
            raise OutputInvalid(f"The output {name!r} names {str(value)!r}, which is not an existing {wanted}.")
        return path

    def open_stream(self, name, kind, file_name, path):
        stream = self.streams
        self.streams += 1
        self.channel.send(
            {
                "type": "file",
                "id": self.call_id,
                "stream": stream,
                "output": name,
                "kind": kind,
                "name": file_name[:1000],
                "path": path,
            }
        )
        return stream

    def close_stream(self, stream):
        self.channel.send({"type": "file_end", "id": self.call_id, "stream": stream})

    def stream_file(self, name, kind, path, relative):
        base_name = os.path.basename(path) if kind == "file" else os.path.basename(self.directory)
        stream = self.open_stream(name, kind, base_name, relative)
        # Not blocking, so that a FIFO put in a file's place cannot hang the runner.
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise OutputInvalid(f"The output {name!r} holds something that is not a regular file: {path}.")
            while True:
                data = _read(fd, CHUNK_BYTES)
                if not data:
                    break
                self.channel.send_chunk(stream, data)
        finally:
            os.close(fd)
        self.close_stream(stream)
        return stream

    def stream_directory(self, name, path):
        self.directory = path
        root = os.path.realpath(path)
        first = self.open_stream(name, "directory", os.path.basename(path), "")
        self.close_stream(first)
        for folder, folders, files in os.walk(path):
            folders.sort()
            for file_name in sorted(files):
                full = os.path.join(folder, file_name)
                real = os.path.realpath(full)
                if real != root and not real.startswith(root + os.sep):
                    raise OutputInvalid(f"The output {name!r} holds a link that leaves the folder: {full}.")
                self.stream_file(name, "directory", full, os.path.relpath(full, path))
        return first


def log_traceback(error):
    """Writes where an error comes from, and what caused it, to the step's log: without this file's own frames."""
    import traceback

    try:
        frame = error.__traceback__
        while frame is not None and frame.tb_frame.f_code.co_filename == __file__:
            frame = frame.tb_next
        text = "".join(traceback.format_exception(type(error), error, frame, limit=-LOGGED_FRAMES))
        sys.stderr.flush()
        tagged_errors.write(text.encode("utf-8", "backslashreplace"))
    except Exception:
        pass


def text_of(value):
    try:
        return str(value)
    except Exception:
        return "<unprintable>"


def describe_error(error, origin, root):
    import traceback

    frames = []
    try:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename != __file__ and "importlib" not in frame.filename:
                file = frame.filename[len(root) + 1 :] if frame.filename.startswith(root + os.sep) else frame.filename
                frames.append({"file": file[-500:], "line": frame.lineno, "name": frame.name[:300]})
        if isinstance(error, SyntaxError) and error.filename:
            frames.append({"file": os.path.basename(error.filename)[:500], "line": error.lineno, "name": "<module>"})
    except Exception:
        pass
    code = getattr(error, "code", None)
    described = {
        "class": type(error).__name__[:300],
        "module": text_of(type(error).__module__)[:300],
        "message": text_of(error)[:MAX_MESSAGE_CHARS],
        "code": code if isinstance(code, (int, str)) and not isinstance(code, bool) and len(str(code)) <= 15 else None,
        "stack": frames[-30:],
        "origin": origin,
        "ryax": None,
    }
    if isinstance(error, OutputInvalid):
        described.update({"class": "OutputInvalid", "module": None, "code": "OUTPUT_INVALID", "origin": "runtime"})
    if any(cls.__name__ == "RyaxException" for cls in type(error).__mro__):
        message = getattr(error, "message", "")
        described["ryax"] = {"message": text_of(message)[:MAX_MESSAGE_CHARS], "code": None}
        if isinstance(code, int) and not isinstance(code, bool) and abs(code) < 10**6:
            described["ryax"]["code"] = code
    return described


def kill_others():
    """Where processes cannot be listed: all of the sandbox but its first and this one."""
    try:
        os.kill(-1, 9)
        return True
    except OSError:
        return False


def load_own(name):
    """A module that stands beside this file, which the isolated interpreter does not look for."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(os.path.dirname(__file__), name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_handler(entry, root, names):
    spec = importlib.util.spec_from_file_location(entry[: -len(".py")], os.path.join(root, entry))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    for name in names:
        handler = getattr(module, name, None)
        if callable(handler):
            return handler
    raise ImportError(f"{entry} defines no {'() and no '.join(names)}().")


class Runner:
    def __init__(self, channel, init):
        self.channel = channel
        self.init = init
        self.input_types = {item["name"]: item["type"] for item in init["inputs"]}
        self.workspace = Workspace(init["paths"])
        self.loop = None

    def load(self):
        self.workspace.prepare()
        sys.path.insert(0, self.workspace.root)
        if self.init["paths"]["deps"]:
            import site

            site.addsitedir(self.init["paths"]["deps"])
        accept_bare_ryax_exceptions()
        self.progress = load_own("progress").Progress(self.channel)
        self.network = load_own("network").Network(self.init["network"])
        self.network.set_up()
        self.handler = self.load_trigger() if self.init.get("trigger") else self.load_entry("handle", "handler")
        self.threads = set(threading.enumerate())

    def load_entry(self, *names):
        return load_handler(self.init["entry"], self.workspace.root, names)

    def load_trigger(self):
        trigger = load_own("trigger")
        trigger.set_up()
        self.workspace.environ = dict(os.environ)
        new_writer = lambda: OutputWriter(self.channel, self.progress.call_id, self.init["outputs"])
        return trigger.Trigger(self, self.load_entry("run"), new_writer, OutputInvalid)

    def run_handler(self, inputs):
        self.network.follow()
        result = self.handler(inputs)
        if hasattr(result, "__await__"):
            import asyncio

            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                asyncio.set_event_loop(self.loop)
            result = self.loop.run_until_complete(result)
        return result

    def inputs_of(self, call):
        inputs = {name: convert_input(self.input_types.get(name), value) for name, value in call["inputs"].items()}
        for item in call["files"]:
            if item["kind"] == "value":
                with open(item["path"], encoding="utf-8", errors="surrogatepass") as file:
                    inputs[item["input"]] = convert_input(self.input_types.get(item["input"]), _loads(file.read()))
            else:
                inputs[item["input"]] = item["path"]
        return inputs

    def left_overs(self):
        """Whether the call left threads, tasks or processes behind."""
        if set(threading.enumerate()) - self.threads:
            return True
        if self.loop is not None:
            import asyncio

            if asyncio.all_tasks(self.loop):
                return True
        try:
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
            return True
        except ChildProcessError:
            pass
        if not self.init["ownPids"]:
            return False
        try:
            mine = {"1", str(os.getpid()), str(os.getppid())}
            return any(name.isdigit() and name not in mine for name in os.listdir("/proc"))
        except OSError:
            return kill_others()

    def end_logs(self, mark):
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        try:
            write_all(b"\n\0" + mark.encode() + b"\n")
        except Exception:
            pass

    def call(self, call):
        dirty, answer = self.execute(call)
        self.answer(call, dirty, answer)

    def execute(self, call):
        dirty = False
        self.progress.begin(call["id"])
        try:
            outputs = OutputWriter(self.channel, call["id"], self.init["outputs"])
            answer = '"type":"result","outputs":' + outputs.convert(self.run_handler(self.inputs_of(call)))
        except BaseException as error:
            dirty = isinstance(error, (SystemExit, KeyboardInterrupt, MemoryError))
            described = describe_error(error, "handler", self.workspace.root)
            if described["ryax"] is None and described["origin"] == "handler":
                log_traceback(error)
            answer = '"type":"error","err":' + _dumps(described)
        self.progress.begin(None)
        try:
            dirty = dirty or self.left_overs()
        except Exception:
            dirty = True
        self.end_logs(call["mark"])
        return dirty, answer

    def answer(self, call, dirty, answer):
        self.channel.send_text(f'{{"id":{call["id"]},"dirty":{_dumps(dirty)},{answer}}}')
        if not dirty:
            self.workspace.clean()


def main():
    channel = Channel()
    init = channel.receive()
    sys.dont_write_bytecode = True
    set_up_streams()
    runner = Runner(channel, init)
    try:
        import time

        started = time.monotonic()
        runner.load()
        channel.send({"type": "ready", "import_ms": (time.monotonic() - started) * 1000})
    except BaseException as error:
        channel.send({"type": "init_error", "err": describe_error(error, "import", runner.workspace.root)})
        os._exit(1)
    serve = load_own("fresh").FreshCalls(runner).call if init["isolation"] == "fresh" else runner.call
    while True:
        serve(channel.receive())


main()
