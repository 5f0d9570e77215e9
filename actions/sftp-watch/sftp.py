import base64
import collections
import datetime
import fnmatch
import hashlib
import io
import posixpath
import socket
import stat

import paramiko

CHUNK = 256 * 1024

Entry = collections.namedtuple("Entry", "path state size modified")


class SftpError(Exception):
    pass


# Names are bytes: the library itself would fail of a folder with one that is no text in UTF-8.
paramiko.Message.get_text = lambda message: message.get_string().decode("utf-8", "surrogateescape")


def raw(path):
    return path.encode("utf-8", "surrogateescape")


def shown(path):
    """Names that are no text are written so that no two look the same."""
    return raw(path).decode("utf-8", "backslashreplace")


def key_of(inputs):
    if not inputs["private_key"]:
        return None
    passphrase = inputs["passphrase"] or None
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(io.StringIO(inputs["private_key"].strip() + "\n"), passphrase)
        except paramiko.PasswordRequiredException:
            raise ValueError("private_key needs its passphrase.") from None
        except (paramiko.SSHException, ValueError, IndexError):
            continue
    raise ValueError("private_key is not an Ed25519, ECDSA or RSA key, or its passphrase is wrong.")


def check_host(transport, wanted, place):
    key = transport.get_remote_server_key()
    found = "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
    if not wanted.strip():
        print(f"{place} was not checked; its host key is {found} ({key.get_name()}).")
    elif wanted.strip().rstrip("=") != found:
        raise SftpError(f"{place} has another host key than it should: {found} ({key.get_name()}).")


def sign_in(transport, inputs, place):
    key = key_of(inputs)
    try:
        if key is not None:
            transport.auth_publickey(inputs["username"], key)
        else:
            transport.auth_password(inputs["username"], inputs["password"] or "")
    except paramiko.BadAuthenticationType as error:
        raise SftpError(f"{place} wants another sign-in: {', '.join(error.allowed_types)}.") from None
    except paramiko.AuthenticationException:
        raise SftpError(f"{place} does not accept the sign-in of {inputs['username']}.") from None


def connected(inputs):
    place = f"{inputs['host']}:{inputs['port']}"
    try:
        connection = socket.create_connection((inputs["host"], inputs["port"]), timeout=inputs["timeout"])
    except TimeoutError:
        raise TimeoutError(f"{place} has not answered within {inputs['timeout']:g} s.") from None
    except OSError as error:
        raise SftpError(f"{place} cannot be reached: {error}") from None
    transport = paramiko.Transport(connection)
    try:
        transport.banner_timeout = transport.auth_timeout = inputs["timeout"]
        transport.start_client(timeout=inputs["timeout"])
        # Before anything secret is said.
        check_host(transport, inputs["host_key"], place)
        sign_in(transport, inputs, place)
        client = paramiko.SFTPClient.from_transport(transport)
        client.get_channel().settimeout(inputs["timeout"])
        return transport, client
    except (paramiko.SSHException, EOFError, OSError) as error:
        transport.close()
        raise SftpError(f"{place} is no SSH server that can be used: {error or 'it hung up'}") from None
    except BaseException:
        transport.close()
        raise


class Source:
    """The files of a folder on an SSH server, over one connection."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.place = f"{inputs['path']} at {inputs['host']}:{inputs['port']}"
        self.transport = self.client = None

    def connect(self):
        if self.client is None:
            self.transport, self.client = connected(self.inputs)
        return self.client

    def explained(self, error, path):
        if isinstance(error, FileNotFoundError):
            return SftpError(f"{shown(path)} is not there.")
        if isinstance(error, TimeoutError):
            return SftpError(f"{self.inputs['host']} was silent for {self.inputs['timeout']:g} s.")
        return SftpError(f"{shown(path)} cannot be read: {error or 'the server hung up'}")

    def list(self):
        try:
            return list(self.walk(self.inputs["path"]))
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise self.explained(error, self.inputs["path"]) from None

    def walk(self, folder):
        for status in self.connect().listdir_attr(raw(folder)):
            path = posixpath.join(folder, status.filename)
            if stat.S_ISDIR(status.st_mode) and self.inputs["recursive"]:
                yield from self.walk(path)
            elif stat.S_ISREG(status.st_mode) and fnmatch.fnmatchcase(status.filename, self.inputs["pattern"]):
                yield entry_of(path, status)

    def fetch(self, entry, target):
        """False where the file is another one by now."""
        try:
            with self.connect().open(raw(entry.path), "rb") as content, open(target, "wb") as file:
                content.prefetch(entry.size, max_concurrent_requests=64)
                while chunk := content.read(CHUNK):
                    if file.tell() + len(chunk) > entry.size:
                        return False
                    file.write(chunk)
                size = file.tell()
            return size == entry.size and entry_of(entry.path, self.client.stat(raw(entry.path))) == entry
        except FileNotFoundError:
            return False
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise self.explained(error, entry.path) from None

    def remove(self, entry):
        try:
            self.connect().remove(raw(entry.path))
        except FileNotFoundError:
            pass
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise self.explained(error, entry.path) from None

    def close(self):
        if self.transport is not None:
            self.transport.close()


def entry_of(path, status):
    modified, size = status.st_mtime or 0, status.st_size or 0
    moment = datetime.datetime.fromtimestamp(modified, datetime.timezone.utc).isoformat()
    return Entry(path, f"{size} {modified}", size, moment)
