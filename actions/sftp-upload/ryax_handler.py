import json
import os
import uuid
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


def files_of(inputs):
    path = inputs["path"]
    if inputs["file"]:
        name = os.path.basename(inputs["file"])
        yield inputs["file"], posixpath.join(path, name) if path.endswith("/") or path in ("", ".") else path
        return
    for folder, folders, names in os.walk(inputs["folder"]):
        folders.sort()
        for name in sorted(names):
            source = os.path.join(folder, name)
            yield source, posixpath.join(path, os.path.relpath(source, inputs["folder"]).replace(os.sep, "/"))


def exists(client, path):
    try:
        client.stat(path)
        return True
    except FileNotFoundError:
        return False


def make_folders(client, folder):
    missing = []
    while folder not in ("", ".", "/") and not exists(client, folder):
        missing.append(folder)
        folder = posixpath.dirname(folder)
    for path in reversed(missing):
        client.mkdir(path)


def put(client, source, path, inputs):
    if inputs["create_folders"]:
        make_folders(client, posixpath.dirname(path))
    if not inputs["overwrite"] and exists(client, path):
        raise SftpError(f"{path} is there already.")
    # Under another name first: nobody finds half a file.
    temporary = posixpath.join(posixpath.dirname(path), f".{uuid.uuid4().hex}.part")
    try:
        client.put(source, temporary)
        try:
            client.posix_rename(temporary, path)
        except OSError:
            if exists(client, path):
                client.remove(path)
            client.rename(temporary, path)
    except BaseException:
        try:
            client.remove(temporary)
        except (OSError, EOFError, paramiko.SSHException):
            pass
        raise
    print(f"{path}: {os.path.getsize(source)} bytes")


def handle(inputs):
    if bool(inputs["file"]) == bool(inputs["folder"]):
        raise ValueError("Give either a file or a folder.")
    transport, client = connected(inputs)
    paths, size, path = [], 0, ""
    try:
        for source, path in files_of(inputs):
            put(client, source, path, inputs)
            paths.append(path)
            size += os.path.getsize(source)
    except TimeoutError:
        raise TimeoutError(f"{inputs['host']} was silent for {inputs['timeout']:g} s.") from None
    except (OSError, EOFError, paramiko.SSHException) as error:
        raise SftpError(f"{path} cannot be written: {error or 'the server hung up'}") from None
    finally:
        transport.close()
    return {"paths": json.dumps(paths, ensure_ascii=False), "count": len(paths), "size": size}
