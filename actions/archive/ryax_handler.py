import os
import tarfile
import tempfile
import zipfile

# One moment for all entries: the same content makes the same archive.
EPOCH = (1980, 1, 1, 0, 0, 0)
TAR_MODES = {"tar": "w", "tar.gz": "w:gz", "tar.xz": "w:xz"}


def listed(inputs):
    """Pairs of a name in the archive and a path here, each name once."""
    found = {}
    if inputs["folder"]:
        for folder, folders, names in os.walk(inputs["folder"]):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                found[os.path.relpath(path, inputs["folder"]).replace(os.sep, "/")] = path
    if inputs["file"]:
        name = os.path.basename(inputs["file"])
        if name in found:
            raise ValueError(f"The folder has a file {name} already.")
        found[name] = inputs["file"]
    return sorted(found.items())


def plain(entry):
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100644 | (os.stat(source).st_mode & 0o111)) << 16
            entry.file_size = os.path.getsize(source)
            with open(source, "rb") as content, archive.open(entry, "w") as target:
                while chunk := content.read(1 << 20):
                    target.write(chunk)


def write_tar(path, files, mode):
    with tarfile.open(path, mode, dereference=True) as archive:
        for name, source in files:
            archive.add(source, name, filter=plain)


def handle(inputs):
    if not inputs["folder"] and not inputs["file"]:
        raise ValueError("Give a folder or a file.")
    files = listed(inputs)
    ending = "." + inputs["format"]
    name = os.path.basename(inputs["name"]) or "archive"
    path = os.path.join(tempfile.mkdtemp(dir="."), name if name.endswith(ending) else name + ending)
    if inputs["format"] == "zip":
        write_zip(path, files)
    else:
        write_tar(path, files, TAR_MODES[inputs["format"]])
    return {"archive": path, "count": len(files), "size": os.path.getsize(path)}
