import datetime
import fnmatch
import json
import os
import tempfile
import base64
import hashlib
import io
import posixpath
import socket
import stat

import paramiko


class SftpError(Exception):
    pass


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


CHUNK = 256 * 1024


def listed(client, inputs):
    status, path = client.stat(inputs["path"]), inputs["path"]
    if not stat.S_ISDIR(status.st_mode):
        return False, [(path, posixpath.basename(path), status)]
    entries = sorted(client.listdir_attr(path), key=lambda entry: entry.filename)
    files = [
        entry
        for entry in entries
        if stat.S_ISREG(entry.st_mode) and fnmatch.fnmatchcase(entry.filename, inputs["pattern"])
    ]
    return True, [(posixpath.join(path, entry.filename), entry.filename, entry) for entry in files]


def fetch(client, source, target, left):
    """What comes is counted: what the server says of a file proves nothing."""
    size = 0
    with client.open(source, "rb") as content, open(target, "wb") as file:
        content.prefetch(content.stat().st_size, max_concurrent_requests=64)
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise SftpError(f"{source} is too large: more is not fetched at once.")
            file.write(chunk)
    return size


def described(name, status, size):
    modified = datetime.datetime.fromtimestamp(status.st_mtime or 0, datetime.timezone.utc)
    return {"name": name, "size": size, "modified": modified.isoformat()}


def handle(inputs):
    transport, client = connected(inputs)
    path, total, files = inputs["path"], 0, []
    try:
        is_folder, sources = listed(client, inputs)
        limit = inputs["max_megabytes"] << 20
        if sum(status.st_size or 0 for _, _, status in sources) > limit:
            raise SftpError(f"{inputs['path']} has more than {inputs['max_megabytes']} MiB.")
        folder = os.path.join(
            tempfile.mkdtemp(dir="."), posixpath.basename(inputs["path"].rstrip("/")) if is_folder else ""
        )
        os.makedirs(folder, exist_ok=True)
        for path, name, status in sources:
            target = os.path.join(folder, os.path.basename(name) or "file")
            size = fetch(client, path, target, limit - total)
            total += size
            files.append(described(name, status, size))
        if inputs["after"] == "delete":
            for path, _, _ in sources:
                client.remove(path)
    except FileNotFoundError:
        raise SftpError(f"{path} is not there.") from None
    except TimeoutError:
        raise TimeoutError(f"{inputs['host']} was silent for {inputs['timeout']:g} s.") from None
    except (OSError, EOFError, paramiko.SSHException) as error:
        raise SftpError(f"{path} cannot be read: {error or 'the server hung up'}") from None
    finally:
        transport.close()
    result = {"files": json.dumps(files, ensure_ascii=False), "count": len(files), "size": total}
    return {**result, "folder": folder} if is_folder else {**result, "file": target}
