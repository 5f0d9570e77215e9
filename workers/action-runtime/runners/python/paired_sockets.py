"""TCP for a handler that may make no socket but connected pairs: one end is its socket, the other is carried to the gateway.

The gateway comes to a listener that this process was started with, as often as connections are used up.
"""

import _socket
import errno
import fcntl
import os

from .network import carry, is_local, number_of, reset, text_of, thread

FAMILIES = (_socket.AF_INET, _socket.AF_INET6)
LEVELS = (_socket.IPPROTO_TCP, _socket.IPPROTO_IP, _socket.IPPROTO_IPV6)
FLAGS = _socket.SOCK_NONBLOCK | _socket.SOCK_CLOEXEC


def own_listener(fd):
    # A descriptor that programs started by the handler do not inherit.
    own = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 200)
    os.close(fd)
    return _socket.socket(fileno=own)


def pair_sockets(network):
    """From now on TCP sockets are pairs. To be called before the `socket` module is loaded."""
    listener = own_listener(network.settings["gateway"]["listener"])
    listener.setblocking(True)
    # By the descriptor of the near end: the far one while it is not connected, then the address that was asked for.
    far_ends, peers = {}, {}

    def connect(fd, address):
        host, port = text_of(address[0]), number_of(address[1])
        if fd in peers:
            raise OSError(errno.EISCONN, os.strerror(errno.EISCONN))
        name, only_port = network.targets.get(host, (host, 0))
        if name == host:
            if is_local(host):
                raise ConnectionRefusedError(errno.ECONNREFUSED, "Nothing of this machine can be connected to")
            network.check(host, port)
        far, peers[fd] = far_ends.pop(fd), (host, port)
        thread(reach, far, name, only_port or port)

    def reach(far, name, port):
        try:
            upstream = _socket.socket(fileno=listener._accept()[0])
        except OSError:
            return reset(far)
        upstream.setblocking(True)
        carry(far, upstream, name, port)

    # The socket module's own class names its slots, which it could not if there were a `__dict__` here.
    class PairedSocket(_socket.socket):
        __slots__ = ()

        def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
            kind = _socket.SOCK_STREAM if type == -1 else type & ~FLAGS
            inet = _socket.AF_INET if family == -1 else family
            if fileno is not None or inet not in FAMILIES or kind != _socket.SOCK_STREAM:
                return super().__init__(family, type, proto, fileno)
            near, far = _socket.socketpair()
            far.setblocking(True)
            super().__init__(inet, _socket.SOCK_STREAM, max(proto, 0), near.detach())
            if type != -1 and type & _socket.SOCK_NONBLOCK:
                self.setblocking(False)
            peers.pop(self.fileno(), None)
            far_ends[self.fileno()] = far

        @property
        def is_tcp(self):
            return self.family in FAMILIES

        def connect(self, address):
            if not self.is_tcp:
                return super().connect(address)
            return connect(self.fileno(), address)

        def connect_ex(self, address):
            if not self.is_tcp:
                return super().connect_ex(address)
            try:
                return connect(self.fileno(), address) or 0
            except OSError as error:
                return error.errno

        def bind(self, address):
            if not self.is_tcp:
                return super().bind(address)
            if number_of(address[1]) != 0:
                raise PermissionError(errno.EACCES, "A handler cannot listen at this isolation level")

        def listen(self, *backlog):
            if not self.is_tcp:
                return super().listen(*backlog)
            raise PermissionError(errno.EACCES, "A handler cannot listen at this isolation level")

        def setsockopt(self, level, *option):
            if not (self.is_tcp and level in LEVELS):
                return super().setsockopt(level, *option)

        def getsockopt(self, level, *option):
            if not (self.is_tcp and level in LEVELS):
                return super().getsockopt(level, *option)
            return bytes(option[1]) if len(option) > 1 else 0

        def recv(self, *arguments):
            # Of a pair that is not connected yet the other end is silent; a secure socket wants to be told.
            if self.fileno() in far_ends:
                raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
            return super().recv(*arguments)

        def getsockname(self):
            return ("127.0.0.1", 0) if self.is_tcp else super().getsockname()

        def getpeername(self):
            if not self.is_tcp:
                return super().getpeername()
            if self.fileno() not in peers:
                raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
            return peers[self.fileno()]

        def close(self):
            fd = self.fileno()
            super().close()
            peers.pop(fd, None)
            far = far_ends.pop(fd, None)
            if far is not None:
                far.close()

    _socket.socket = _socket.SocketType = PairedSocket
