"""Brings a handler's connections to the gateway, which alone decides, and tells it what it may not reach.

Names are resolved to addresses of the sandbox's own loopback, where a relay listens that passes each connection on with
the name it was made for. Only what is not granted at all is refused here already, in words. For programs that the
handler starts and libraries that look names up by themselves, the relay answers as a name server too, and listens on the
usual ports, where the sandbox lets it.
"""

import _socket
import _thread
import select
import struct
import sys

PORTS = {"http": 80, "https": 443, "ftp": 21, "ssh": 22, "smtp": 25}
HEAD_BYTES = 4096
CHUNK_BYTES = 64 * 1024
STACK_BYTES = 256 * 1024
DNS_PORT = 53
DNS_TTL_SECONDS = 60


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
        # No socket can be made here that could be connected to anything.
        self.is_paired = "listener" in (settings["gateway"] or {})

    def set_up(self):
        self.listen_again()
        _socket.getaddrinfo = self.getaddrinfo
        _socket.gethostbyname = lambda name: self.getaddrinfo(name, None)[0][4][0]

    def pair_sockets(self):
        """To be called before anything loads the `socket` module, whose class is made from what is put in its place."""
        if self.is_paired:
            from .paired_sockets import pair_sockets

            pair_sockets(self)

    def listen_again(self):
        """Also in a forked process, which has its parent's listeners without what it has handed out since."""
        if self.settings["gateway"] is None or self.is_paired:
            return
        relay = Relay(self)
        self.relay = relay.listen("0.0.0.0", 0)
        for route in self.settings["routes"]:
            self.targets[route["address"]] = (route["name"], 0)
        for port in self.settings["ports"]:
            relay.try_to_listen(port)
        relay.try_to_name()
        relay.start()

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

    def check(self, name, port):
        """@raises gaierror, in words, for what is not granted"""
        if not self.is_granted(name, port):
            target = name if port in (0, 80, 443) else "%s:%d" % (name, port)
            raise _socket.gaierror(_socket.EAI_FAIL, self.settings["refusal"].replace("{target}", target))

    def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        name = "" if host is None else text_of(host)
        if is_local(name):
            if self.is_paired and name in ("localhost", "sandbox"):
                host = "127.0.0.1"
            return self.resolve(host, port, family, type, proto, flags)
        wanted = 0 if port is None else number_of(port)
        self.check(name, wanted)
        if self.settings["gateway"] is None:
            return self.resolve(host, port, family, type, proto, flags)
        if family == _socket.AF_INET6:
            raise _socket.gaierror(_socket.EAI_NONAME, "Only IPv4 addresses are handed out here.")
        own_port = self.relay if wanted and not self.is_paired else port
        return self.resolve(self.address_of(name, wanted), own_port, _socket.AF_INET, type, proto, 0)

    def address_of(self, name, port):
        """Port 0: whichever the address is connected to on."""
        address = self.addresses.get((name, port))
        if address is None:
            index = len(self.addresses)
            address = "127.%d.%d.%d" % (80 + index // 62500 % 40, index // 250 % 250, index % 250 + 1)
            self.addresses[(name, port)] = address
            self.targets[address] = (name, port)
        return address


class Relay:
    def __init__(self, network):
        self.network = network
        self.listeners = {}
        self.names = None

    def listen(self, address, port):
        server = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        server.bind((address, port))
        server.listen(128)
        self.listeners[server.fileno()] = server
        return server.getsockname()[1]

    def try_to_listen(self, port):
        try:
            self.listen("0.0.0.0", port)
        except OSError:
            pass

    def try_to_name(self):
        names = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
        try:
            names.bind(("127.0.0.1", DNS_PORT))
            self.names = names
        except OSError:
            pass

    def start(self):
        thread(self.accept)

    def accept(self):
        poll = select.poll()
        for fd in self.listeners:
            poll.register(fd, select.POLLIN)
        if self.names is not None:
            poll.register(self.names.fileno(), select.POLLIN)
        while True:
            for fd, _ in poll.poll():
                try:
                    if fd in self.listeners:
                        thread(self.serve, _socket.socket(fileno=self.listeners[fd]._accept()[0]))
                    else:
                        self.name()
                except Exception:
                    pass

    def name(self):
        question, client = self.names.recvfrom(512)
        end = question.index(b"\0", 12) + 5
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode("ascii"))
            at += 1 + question[at]
        name = ".".join(labels)
        (kind,) = struct.unpack(">H", question[end - 4 : end - 2])
        is_known = self.network.is_granted(name, 0)
        answer = b""
        if is_known and kind == 1:
            address = _socket.inet_aton(self.network.address_of(name, 0))
            answer = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, DNS_TTL_SECONDS, 4) + address
        flags = 0x8180 if is_known else 0x8183
        head = question[:2] + struct.pack(">HHHHH", flags, 1, 1 if answer else 0, 0, 0)
        self.names.sendto(head + question[12:end] + answer, client)

    def serve(self, client):
        upstream = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            address, own_port = client.getsockname()
            name, port = self.network.targets[address]
            upstream.connect(self.network.settings["gateway"]["path"])
        except Exception:
            reset(client)
            upstream.close()
            return
        carry(client, upstream, name, port or own_port)


def thread(run, *arguments):
    before = _thread.stack_size(STACK_BYTES)
    _thread.start_new_thread(run, arguments)
    _thread.stack_size(before)


def reset(client):
    """So that the client fails now, and does not wait for an answer."""
    client.setsockopt(_socket.SOL_SOCKET, _socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    client.close()


def carry(client, upstream, name, port):
    """Asks the gateway for a host, and passes on what either side says until both have ended."""
    try:
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
        reset(client)
        upstream.close()
        return
    thread(pump, upstream, client)
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
