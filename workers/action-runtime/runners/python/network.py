"""Brings a handler's connections to the gateway, which alone decides, and tells it what it may not reach.

Names are resolved to addresses of the sandbox's own loopback, where a relay listens that passes each connection on with
the name it was made for. Only what is not granted at all is refused here already, in words.
"""

import _socket
import _thread
import sys

PORTS = {"http": 80, "https": 443, "ftp": 21, "ssh": 22, "smtp": 25}
HEAD_BYTES = 4096
CHUNK_BYTES = 64 * 1024


def is_local(name):
    return name in ("", "localhost", "sandbox", "::", "::1", "0.0.0.0") or name.startswith("127.")


def text_of(value):
    return value.decode("ascii", "replace") if isinstance(value, (bytes, bytearray)) else str(value)


def number_of(port):
    text = text_of(port)
    return int(text) if text.isdigit() else PORTS.get(text, 0)


class Network:
    def __init__(self, settings):
        self.settings = settings
        self.targets = {}
        self.addresses = {}
        self.resolve = _socket.getaddrinfo

    def set_up(self):
        if self.settings["gateway"] is not None:
            self.relay = self.listen("0.0.0.0", 0)
            for route in self.settings["routes"]:
                for port in route["ports"]:
                    self.listen(route["address"], port, route["name"])
        _socket.getaddrinfo = self.getaddrinfo
        _socket.gethostbyname = lambda name: self.getaddrinfo(name, None)[0][4][0]

    def listen_again(self):
        """In a forked process, which has the parent's listeners without what it handed out."""
        if self.settings["gateway"] is not None:
            self.relay = self.listen("0.0.0.0", 0)

    def follow(self):
        """asyncio resolves addresses by itself, once it is there."""
        asyncio = sys.modules.get("asyncio.base_events")
        if asyncio is not None:
            asyncio._ipaddr_info = lambda *_: None

    def is_granted(self, name, port):
        if self.settings["policy"] != "allow-list":
            return self.settings["policy"] == "on"
        name = name.lower().rstrip(".")
        return any(
            (port == 0 or port in host["ports"])
            and (name.endswith(host["name"][1:]) if host["name"].startswith("*.") else name == host["name"])
            for host in self.settings["hosts"]
        )

    def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        name = "" if host is None else text_of(host)
        if is_local(name):
            return self.resolve(host, port, family, type, proto, flags)
        wanted = 0 if port is None else number_of(port)
        if not self.is_granted(name, wanted):
            target = name if wanted in (0, 80, 443) else "%s:%d" % (name, wanted)
            raise _socket.gaierror(_socket.EAI_FAIL, self.settings["refusal"].replace("{target}", target))
        if self.settings["gateway"] is None:
            return self.resolve(host, port, family, type, proto, flags)
        if family == _socket.AF_INET6:
            raise _socket.gaierror(_socket.EAI_NONAME, "Only IPv4 addresses are handed out here.")
        return self.resolve(self.address_of(name, wanted), self.relay, _socket.AF_INET, type, proto, 0)

    def address_of(self, name, port):
        address = self.addresses.get((name, port))
        if address is None:
            index = len(self.addresses)
            address = "127.%d.%d.%d" % (80 + index // 62500 % 40, index // 250 % 250, index % 250 + 1)
            self.addresses[(name, port)] = address
            self.targets[address] = (name, port)
        return address

    def listen(self, address, port, name=None):
        server = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        server.bind((address, port))
        server.listen(128)
        _thread.start_new_thread(self.accept, (server, name))
        return server.getsockname()[1]

    def accept(self, server, name):
        while True:
            try:
                client = _socket.socket(fileno=server._accept()[0])
                _thread.start_new_thread(self.serve, (client, name))
            except OSError:
                pass

    def serve(self, client, name):
        upstream = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            address, port = client.getsockname()
            name, port = (name, port) if name else self.targets[address]
            upstream.connect(self.settings["gateway"])
            shown = "[%s]" % name if ":" in name else name
            upstream.sendall(("CONNECT %s:%d HTTP/1.1\r\n\r\n" % (shown, port)).encode("ascii", "replace"))
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                part = upstream.recv(1)
                if not part or len(head) > HEAD_BYTES:
                    raise OSError("the gateway closed")
                head += part
            if b" 200 " not in head.split(b"\r\n")[0]:
                raise OSError("the gateway refused")
        except Exception:
            # So that the client fails now, and does not wait for an answer.
            client.setsockopt(_socket.SOL_SOCKET, _socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client.close()
            upstream.close()
            return
        _thread.start_new_thread(pump, (upstream, client))
        pump(client, upstream)


def pump(source, target):
    try:
        while True:
            data = source.recv(CHUNK_BYTES)
            if not data:
                break
            target.sendall(data)
    except OSError:
        pass
    try:
        target.shutdown(_socket.SHUT_WR)
    except OSError:
        pass
