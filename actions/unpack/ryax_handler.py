import json
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
import zlib

CHUNK = 1 << 20


class Refused(ValueError):
    pass


class Unpacking:
    """Writes entries below a folder, counting what comes: what an archive says of its sizes proves nothing."""

    def __init__(self, folder, max_files, max_bytes):
        self.folder = folder
        self.max_files = max_files
        self.max_bytes = max_bytes
        self.names = []
        self.size = 0

    def path_of(self, name):
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
        if name.startswith(("/", "\\")) or ".." in parts or "\0" in name or (parts and parts[0].endswith(":")):
            raise Refused(f"The archive was refused: {name!r} lies outside of it.")
        return os.path.join(self.folder, *parts)

    def add_folder(self, name):
        try:
            os.makedirs(self.path_of(name), exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise Refused(f"The archive was refused: it holds {name!r} twice.") from None

    def add_file(self, name, content):
        path = self.path_of(name)
        if len(self.names) == self.max_files:
            raise Refused(f"The archive was refused: it holds more than {self.max_files} files.")
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            target = open(path, "xb")
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            raise Refused(f"The archive was refused: it holds {name!r} twice.") from None
        with target:
            while chunk := content.read(CHUNK):
                self.size += len(chunk)
                if self.size > self.max_bytes:
                    raise Refused(f"The archive was refused: it unpacks to more than {self.max_bytes >> 20} MiB.")
                target.write(chunk)
        self.names.append(os.path.relpath(path, self.folder))


def unpack_zip(path, unpacking):
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise Refused(f"The archive was refused: {entry.filename!r} is a link.")
            if entry.is_dir():
                unpacking.add_folder(entry.filename)
                continue
            if entry.flag_bits & 1:
                raise Refused(f"The archive is encrypted: {entry.filename!r} needs a password.")
            with archive.open(entry) as content:
                unpacking.add_file(entry.filename, content)


def unpack_tar(path, unpacking):
    # As a stream, so that an endless archive is not read to its end before it is refused.
    with tarfile.open(path, "r|*") as archive:
        for entry in archive:
            if entry.isdir():
                unpacking.add_folder(entry.name)
            elif entry.isreg():
                unpacking.add_file(entry.name, archive.extractfile(entry))
            else:
                raise Refused(f"The archive was refused: {entry.name!r} is a link or a device.")


def handle(inputs):
    name = os.path.basename(inputs["archive"])
    stem = name.split(".")[0] or "archive"
    folder = os.path.join(tempfile.mkdtemp(dir="."), stem)
    os.mkdir(folder)
    unpacking = Unpacking(folder, inputs["max_files"], inputs["max_megabytes"] << 20)
    unpack = unpack_zip if zipfile.is_zipfile(inputs["archive"]) else unpack_tar
    try:
        unpack(inputs["archive"], unpacking)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as error:
        raise ValueError(f"{name} is not an archive that can be read: {error}.") from None
    names = sorted(unpacking.names)
    return {
        "folder": folder,
        "names": json.dumps(names, ensure_ascii=False),
        "count": len(names),
        "size": unpacking.size,
    }
