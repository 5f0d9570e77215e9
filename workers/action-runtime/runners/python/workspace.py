"""The folders that a handler sees, and their state between calls."""

import os
import stat

COPIED_PACKAGE_BYTES = 16 * 1024 * 1024


class Workspace:
    """The handler's writable view: a private copy of its package as working directory, and empty scratch folders."""

    def __init__(self, paths):
        self.package = paths["action"]
        self.work = paths["work"]
        self.scratch = [paths["tmp"], paths["shm"]] if paths["shm"] else [paths["tmp"]]
        self.root = os.path.join(self.work, "action")
        self.environ = dict(os.environ)
        self.manifest = None

    def prepare(self):
        size = sum(entry.stat(follow_symlinks=False).st_size for entry in walk_files(self.package))
        # A large package is linked file by file: readable in place, and still a folder to write into.
        place = os.symlink if size > COPIED_PACKAGE_BYTES else copy_file
        os.makedirs(self.root)
        for folder, folders, files in os.walk(self.package):
            target = os.path.join(self.root, os.path.relpath(folder, self.package))
            for name in folders:
                os.mkdir(os.path.join(target, name))
            for name in files:
                place(os.path.join(folder, name), os.path.join(target, name))
        self.manifest = self.fingerprint()
        os.chdir(self.root)

    def fingerprint(self):
        found = {}
        for entry in walk_files(self.root):
            status = entry.stat(follow_symlinks=False)
            found[entry.path] = (status.st_ino, status.st_size, status.st_mtime_ns)
        return found

    def clean(self):
        """Undoes what a call left behind, so that the next one finds what the first one found."""
        for folder in self.scratch:
            empty(folder)
        empty(self.work, keep="action")
        if self.fingerprint() != self.manifest:
            os.chdir("/")
            remove(self.root)
            self.prepare()
        os.chdir(self.root)
        if dict(os.environ) != self.environ:
            os.environ.clear()
            os.environ.update(self.environ)


def walk_files(folder):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from walk_files(entry.path)
        else:
            yield entry


def copy_file(source, target):
    # What `shutil` would do; it takes longer to load than a package to copy.
    status = os.stat(source)
    with open(source, "rb") as read, open(target, "wb") as written:
        written.write(read.read())
    os.chmod(target, stat.S_IMODE(status.st_mode))
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def remove(path):
    if os.path.islink(path) or not os.path.isdir(path):
        return os.unlink(path)
    os.chmod(path, 0o700)
    empty(path)
    os.rmdir(path)


def empty(folder, keep=None):
    for name in os.listdir(folder):
        if name != keep:
            try:
                remove(os.path.join(folder, name))
            except OSError:
                pass
