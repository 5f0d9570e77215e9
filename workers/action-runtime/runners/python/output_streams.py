"""Streams of one call's outputs that are too large for a frame: files, folders and values, sent as they are read."""

import os
import stat

from .frames import CHUNK_BYTES, read


class OutputInvalid(Exception):
    pass


class OutputStreams:
    def __init__(self, channel, call_id):
        self.channel = channel
        self.call_id = call_id
        self.count = 0

    def open(self, output, kind, name, path):
        """The stream's number; a path is relative to the folder that the file is of."""
        stream = self.count
        self.count += 1
        head = {"type": "file", "id": self.call_id, "stream": stream, "output": output, "kind": kind}
        self.channel.send({**head, "name": name[:1000], "path": path})
        return stream

    def close(self, stream):
        self.channel.send({"type": "file_end", "id": self.call_id, "stream": stream})

    def send_value(self, output, text):
        stream = self.open(output, "value", "", "")
        data = memoryview(text.encode("utf-8", "surrogatepass"))
        for start in range(0, len(data), CHUNK_BYTES):
            self.channel.send_chunk(stream, data[start : start + CHUNK_BYTES])
        self.close(stream)
        return stream

    def send_file(self, output, path):
        return self._send(output, "file", os.path.basename(path), path, "")

    def send_directory(self, output, path):
        name = os.path.basename(path)
        root = os.path.realpath(path)
        first = self.open(output, "directory", name, "")
        self.close(first)
        for folder, folders, files in os.walk(path):
            folders.sort()
            for file_name in sorted(files):
                full = os.path.join(folder, file_name)
                real = os.path.realpath(full)
                if real != root and not real.startswith(root + os.sep):
                    raise OutputInvalid(f"The output {output!r} holds a link that leaves the folder: {full}.")
                self._send(output, "directory", name, full, os.path.relpath(full, path))
        return first

    def _send(self, output, kind, name, path, relative):
        stream = self.open(output, kind, name, relative)
        # Not blocking, so that a FIFO put in a file's place cannot hang the runner.
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise OutputInvalid(f"The output {output!r} holds something that is not a regular file: {path}.")
            while True:
                data = read(fd, CHUNK_BYTES)
                if not data:
                    break
                self.channel.send_chunk(stream, data)
        finally:
            os.close(fd)
        self.close(stream)
        return stream
