"""A process for each call, forked from one that has loaded the handler and never calls it itself."""

import gc
import os
import signal
import struct
import sys
import warnings

# `inspect.CO_COROUTINE`, whose module takes longer to load than a call does to fork.
COROUTINE = 0x80

# Taken before a call's code can replace any of them: this process serves the next call too.
_fork, _read, _write, _waitpid, _exit, _kill = os.fork, os.read, os.write, os.waitpid, os._exit, os.kill


def read_exactly(fd, count):
    data = b""
    while len(data) < count:
        part = _read(fd, count - len(data))
        if not part:
            return None
        data += part
    return data


class FreshCalls:
    def __init__(self, runner):
        self.runner = runner
        if getattr(getattr(runner.handler, "__code__", None), "co_flags", 0) & COROUTINE:
            # Each call would load it anew.
            import asyncio  # noqa: F401
        gc.freeze()

    def call(self, call):
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        answer_end, child_end = os.pipe()
        with warnings.catch_warnings():
            # The relay's threads are not needed in the child, which starts its own.
            warnings.simplefilter("ignore")
            pid = _fork()
        if pid == 0:
            self.execute(call, child_end)
        os.close(child_end)
        head = read_exactly(answer_end, 5)
        answer = head and read_exactly(answer_end, struct.unpack(">I", head[:4])[0])
        os.close(answer_end)
        if answer is None:
            self.end_like(_waitpid(pid, 0)[1])
        # It may have forked in its turn, so that its own end says nothing.
        _kill(pid, signal.SIGKILL)
        _waitpid(pid, 0)
        dirty = head[4] == 1 or self.runner.left_overs()
        self.runner.answer(call, dirty, answer.decode("utf-8", "surrogatepass"))

    def execute(self, call, child_end):
        try:
            self.runner.network.listen_again()
            # Its parent looks for what it has left.
            self.runner.init["others"] = "unknown"
            dirty, answer = self.runner.execute(call)
            data = answer.encode("utf-8", "surrogatepass")
            view = memoryview(struct.pack(">IB", len(data), dirty) + data)
            while view:
                view = view[_write(child_end, view) :]
        finally:
            _exit(1)

    def end_like(self, status):
        """The call's process ended without an answer: so does this one, and the supervisor says how."""
        if os.WIFSIGNALED(status):
            _kill(os.getpid(), os.WTERMSIG(status))
        _exit(os.WEXITSTATUS(status))
