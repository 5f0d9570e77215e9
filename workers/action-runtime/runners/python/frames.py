"""Frames on the channel to the supervisor, as ../../frames.ts has them."""

import fcntl
import json
import os
import struct
import threading

CHUNK_BYTES = 256 * 1024

# Taken before the user's code loads, which may replace any of them.
dumps, loads, read, write = json.dumps, json.loads, os.read, os.write


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
            part = read(self.fd, count - len(data))
            if not part:
                os._exit(0)
            data += part
        return data

    def receive(self):
        (length,) = struct.unpack(">I", self._read_exactly(4))
        return loads(self._read_exactly(length)[1:])

    def _send(self, kind, payload):
        data = memoryview(struct.pack(">IB", len(payload) + 1, kind) + payload)
        with self.lock:
            while data:
                data = data[write(self.fd, data) :]

    def send(self, message):
        self._send(1, dumps(message, allow_nan=False).encode("utf-8", "surrogatepass"))

    def send_text(self, text):
        self._send(1, text.encode("utf-8", "surrogatepass"))

    def send_chunk(self, stream, data):
        self._send(2, struct.pack(">I", stream) + data)
