import collections
import datetime
import fnmatch
import json
import os
import shutil

Entry = collections.namedtuple("Entry", "path state size modified")


class FolderError(Exception):
    pass


class FileGone(Exception):
    """It is another one by now, or none."""


def shown(path):
    """Names are bytes: those that are no text are written so that no two look the same."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def below(root, path):
    """The path of a folder within another one."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise ValueError(f"{path} must not lead out of the folder.")
    return os.path.join(root, *parts)


class Folder:
    """One that the operator grants, as this process sees it."""

    def __init__(self, inputs):
        self.inputs = inputs
        granted = json.loads(os.environ["MILLRACE_GRANTED_FOLDERS"])
        self.user = granted["user"]
        found = [folder for folder in granted["folders"] if folder["name"] == inputs["folder"]]
        if not found:
            setting = f"MILLRACE_FOLDERS={inputs['folder'] or 'NAME'}=/PATH:{granted['project']}"
            raise FolderError(
                f"There is no folder {inputs['folder']} for this project. The server's operator grants it: {setting}"
                " (with :rw behind it, to be written to as well)"
            )
        if not found[0]["isThere"]:
            raise FolderError(f"The folder {inputs['folder']} is not there on the server at present.")
        self.name, self.root, self.write = inputs["folder"], found[0]["path"], found[0]["write"]
        self.watched = below(self.root, inputs["path"])
        self.done = below(self.root, inputs["move_to"]) if inputs["after"] == "move" else None
        self.check()

    def check(self):
        if self.inputs["after"] != "keep" and not self.write:
            raise FolderError(f"The folder {self.name} is granted to be read only: its operator adds :rw to it.")
        if self.done is not None and self.done in (self.root, self.watched):
            raise ValueError("move_to must be another folder than the one that is watched.")
        if not os.path.isdir(self.watched):
            raise self.explained(FileNotFoundError(), self.watched)

    def explained(self, error, path):
        where = f"{shown(os.path.relpath(path, self.root))} in the folder {self.name}"
        if isinstance(error, FileNotFoundError):
            return FolderError(f"{where} is not there.")
        who = f"the user {self.user}, as whom this project's handlers run," if self.user else "the server's user"
        remedy = f" It must be open to {who} on the server." if isinstance(error, PermissionError) else ""
        return FolderError(f"{where} cannot be used: {error.strerror or error}.{remedy}")

    def list(self):
        return list(self.walk(self.watched))

    def walk(self, folder):
        try:
            with os.scandir(folder) as items:
                found = list(items)
        except OSError as error:
            raise self.explained(error, folder) from None
        for item in found:
            if item.is_dir(follow_symlinks=False):
                if self.inputs["recursive"] and item.path != self.done:
                    yield from self.walk(item.path)
            elif item.is_file(follow_symlinks=False) and fnmatch.fnmatchcase(item.name, self.inputs["pattern"]):
                try:
                    yield self.entry_of(item.path, item.stat(follow_symlinks=False))
                except FileNotFoundError:
                    continue

    def entry_of(self, path, status):
        moment = datetime.datetime.fromtimestamp(status.st_mtime, datetime.timezone.utc).isoformat()
        name = os.path.relpath(path, self.root)
        return Entry(name, f"{status.st_size} {status.st_mtime_ns}", status.st_size, moment)

    def is_same(self, entry):
        path = os.path.join(self.root, entry.path)
        try:
            return self.entry_of(path, os.lstat(path)) == entry
        except FileNotFoundError:
            return False

    def fetch(self, entry, target):
        """A copy, since the file may change while a run of it is made."""
        try:
            source = os.open(os.path.join(self.root, entry.path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(source, "rb") as content, open(target, "wb") as file:
                shutil.copyfileobj(content, file)
                size = file.tell()
        except FileNotFoundError:
            raise FileGone() from None
        if size != entry.size or not self.is_same(entry):
            raise FileGone()

    def finish(self, entry):
        """What has changed since is another event, and stays."""
        if self.inputs["after"] == "keep" or not self.is_same(entry):
            return
        path = os.path.join(self.root, entry.path)
        try:
            if self.inputs["after"] == "delete":
                os.remove(path)
            else:
                os.rename(path, self.free_place(os.path.relpath(path, self.watched)))
        except FileNotFoundError:
            pass
        except OSError as error:
            raise self.explained(error, path) from None

    def free_place(self, name):
        place = os.path.join(self.done, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        stem, ending = os.path.splitext(place)
        count = 1
        while os.path.lexists(place):
            count += 1
            place = f"{stem}-{count}{ending}"
        return place
