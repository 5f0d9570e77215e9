"""TCP for a handler that may make no socket but connected pairs: one end is its socket, the other is carried to the gateway.

The gateway comes to a listener that this process was started with, as often as connections are used up. What the
handler itself listens on is found from within its process.
"""

import _socket
import errno
import fcntl
import itertools
import os

from .network import carry, is_local, number_of, reset, text_of, thread

FAMILIES = (_socket.AF_INET, _socket.AF_INET6)
LEVELS = (_socket.IPPROTO_TCP, _socket.IPPROTO_IP, _socket.IPPROTO_IPV6)
FLAGS = _socket.SOCK_NONBLOCK | _socket.SOCK_CLOEXEC
FIRST_PORT = 49152


def failure(number):
    return OSError(number, os.strerror(number))


def own_listener(fd):
    # A descriptor that programs started by the handler do not inherit.
    own = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 200)
    os.close(fd)
    return _socket.socket(fileno=own)


class Listening:
    """What waits to be accepted. A byte for each makes the listening socket readable."""

    def __init__(self, far):
        self.far = far
        self.waiting = []

    def add(self, connection):
        self.waiting.append(connection)
        self.far.send(b"\1")


class Pairs:
    """What is behind each near end, by its descriptor."""

    def __init__(self, network):
        self.network = network
        self.listener = own_listener(network.settings["gateway"]["listener"])
        self.listener.setblocking(True)
        self.ports = itertools.count(FIRST_PORT)
        # The far end while it is not connected; the address that is its own; the one that was asked for.
        self.far_ends, self.names, self.peers = {}, {}, {}
        self.listening = {}

    def add(self, fd, far):
        self.forget(fd)
        far.setblocking(True)
        self.far_ends[fd] = far

    def forget(self, fd):
        self.peers.pop(fd, None)
        name, far = self.names.pop(fd, None), self.far_ends.pop(fd, None)
        listening = name and self.listening.get(name[1])
        if listening and listening.far is far:
            del self.listening[name[1]]
        if far is not None:
            far.close()

    def name_of(self, fd):
        if fd not in self.names:
            self.names[fd] = ("127.0.0.1", next(self.ports))
        return self.names[fd]

    def bind(self, fd, address):
        port = number_of(address[1]) or next(self.ports)
        if port in self.listening:
            raise failure(errno.EADDRINUSE)
        self.names[fd] = (text_of(address[0]) or "0.0.0.0", port)

    def listen(self, fd):
        self.listening[self.name_of(fd)[1]] = Listening(self.far_ends[fd])

    def accepted(self, fd):
        connection = self.listening[self.names[fd][1]].waiting.pop(0)
        own = connection.detach()
        self.forget(own)
        self.names[own], self.peers[own] = self.names[fd], ("127.0.0.1", next(self.ports))
        return own, self.peers[own]

    def connect(self, fd, address):
        host, port = text_of(address[0]), number_of(address[1])
        if fd in self.peers:
            raise failure(errno.EISCONN)
        name, only_port = self.network.targets.get(host, (host, 0))
        if name == host and is_local(host):
            if port not in self.listening:
                raise failure(errno.ECONNREFUSED)
            self.peers[fd] = (host, port)
            return self.listening[port].add(self.far_ends.pop(fd))
        self.network.check(name, only_port or port)
        self.peers[fd] = (host, port)
        thread(self.reach, self.far_ends.pop(fd), name, only_port or port)

    def reach(self, far, name, port):
        try:
            upstream = _socket.socket(fileno=self.listener._accept()[0])
        except OSError:
            return reset(far)
        upstream.setblocking(True)
        carry(far, upstream, name, port)


def pair_sockets(network):
    """From now on TCP sockets are pairs. To be called before the `socket` module is loaded."""
    pairs = Pairs(network)

    class PairedSocket(_socket.socket):
        # The socket module's own class names its slots, which it could not if there were a `__dict__` here.
        __slots__ = ()

        def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
            kind = _socket.SOCK_STREAM if type == -1 else type & ~FLAGS
            inet = _socket.AF_INET if family == -1 else family
            if fileno is not None or inet not in FAMILIES or kind != _socket.SOCK_STREAM:
                return super().__init__(family, type, proto, fileno)
            near, far = _socket.socketpair()
            super().__init__(inet, _socket.SOCK_STREAM, max(proto, 0), near.detach())
            if type != -1 and type & _socket.SOCK_NONBLOCK:
                self.setblocking(False)
            pairs.add(self.fileno(), far)

        @property
        def is_tcp(self):
            return self.family in FAMILIES

        def connect(self, address):
            return pairs.connect(self.fileno(), address) if self.is_tcp else super().connect(address)

        def connect_ex(self, address):
            try:
                self.connect(address)
                return 0
            except OSError as error:
                return error.errno

        def bind(self, address):
            return pairs.bind(self.fileno(), address) if self.is_tcp else super().bind(address)

        def listen(self, *backlog):
            return pairs.listen(self.fileno()) if self.is_tcp else super().listen(*backlog)

        def _accept(self):
            if not self.is_tcp:
                return super()._accept()
            super().recv(1)
            return pairs.accepted(self.fileno())

        def setsockopt(self, level, *option):
            if not (self.is_tcp and level in LEVELS):
                return super().setsockopt(level, *option)

        def getsockopt(self, level, *option):
            if not (self.is_tcp and level in LEVELS):
                return super().getsockopt(level, *option)
            return bytes(option[1]) if len(option) > 1 else 0

        def recv(self, *arguments):
            # Of a pair that is not connected yet the other end is silent; a secure socket wants to be told.
            if self.fileno() in pairs.far_ends:
                raise failure(errno.ENOTCONN)
            return super().recv(*arguments)

        def getsockname(self):
            return pairs.name_of(self.fileno()) if self.is_tcp else super().getsockname()

        def getpeername(self):
            if not self.is_tcp:
                return super().getpeername()
            if self.fileno() not in pairs.peers:
                raise failure(errno.ENOTCONN)
            return pairs.peers[self.fileno()]

        def close(self):
            fd = self.fileno()
            super().close()
            pairs.forget(fd)

    _socket.socket = _socket.SocketType = PairedSocket
