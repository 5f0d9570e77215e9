import asyncio
import base64
import hashlib
import os
import tempfile
import time

from folder import FileGone, Folder, shown

WINDOW = 16
WINDOW_BYTES = 64 << 20
BUCKETS = 64
HASH = 8
BUCKET_FILES = 1000
SHORTEST_LOOK = 0.1


class Seen:
    """The files that were runs, or were there before: two hashes each, in as many cursors as it takes."""

    def __init__(self, service, buckets):
        self.service, self.buckets = service, buckets

    @classmethod
    async def load(cls, service):
        texts = [service.get_cursor(f"seen {number}", "") for number in range(BUCKETS)]
        return cls(service, [cls.read(await text) for text in texts])

    @staticmethod
    def read(text):
        pairs = [text[start : start + 2 * HASH] for start in range(0, len(text), 2 * HASH)]
        return {pair[:HASH]: pair[HASH:] for pair in pairs}

    def place(self, path):
        number = hashlib.sha256(os.fsencode(path)).digest()[-1] % BUCKETS
        return number, self.buckets[number], hash_of(path)

    def has(self, entry):
        _, bucket, name = self.place(entry.path)
        return bucket.get(name) == hash_of(entry.state)

    def note(self, entry):
        number, bucket, name = self.place(entry.path)
        bucket.pop(name, None)
        bucket[name] = hash_of(entry.state)
        while len(bucket) > BUCKET_FILES:
            del bucket[next(iter(bucket))]
        return number

    async def save(self, numbers):
        for number in set(numbers):
            text = "".join(name + state for name, state in self.buckets[number].items())
            await self.service.set_cursor(f"seen {number}", text)

    def keep_only(self, entries):
        """What is not there any more is forgotten, with the next that is saved."""
        names = {hash_of(entry.path) for entry in entries}
        for bucket in self.buckets:
            for name in [name for name in bucket if name not in names]:
                del bucket[name]


def hash_of(text):
    return base64.urlsafe_b64encode(hashlib.sha256(os.fsencode(text)).digest()[:6]).decode()


def windows(entries):
    """As many as wait at a time: their copies have to fit into the scratch space."""
    window, room = [], WINDOW_BYTES
    for entry in entries:
        if window and (len(window) == WINDOW or entry.size > room):
            yield window
            window, room = [], WINDOW_BYTES
        window.append(entry)
        room -= entry.size
    if window:
        yield window


class Watch:
    def __init__(self, service, folder, inputs, seen):
        self.service, self.folder, self.inputs, self.seen = service, folder, inputs, seen
        self.since = {}
        self.unreadable = set()

    def settled(self, entries):
        """Those that have been as they are for long enough, oldest first."""
        now = time.monotonic()
        before, self.since = self.since, {}
        for entry in entries:
            self.since[entry.path, entry.state] = before.get((entry.path, entry.state), now)
        old = [entry for entry in entries if now - self.since[entry.path, entry.state] >= self.inputs["settle"]]
        return sorted(old, key=lambda entry: (entry.modified, entry.path))

    async def look(self):
        """Whether something is there that is still being written."""
        entries = await asyncio.to_thread(self.folder.list)
        self.seen.keep_only(entries)
        self.unreadable.intersection_update(entries)
        fresh = [entry for entry in self.settled(entries) if not self.seen.has(entry)]
        for entries_at_once in windows(fresh):
            await self.take(entries_at_once)
        return any(not self.seen.has(entry) and entry not in self.unreadable for entry in entries)

    async def take(self, entries):
        """Finished and remembered only once each is a run that lasts."""
        for entry in filter(self.is_large, entries):
            print(f"{shown(entry.path)} was left out: it has more than {self.inputs['max_megabytes']} MiB.")
        fitting = [entry for entry in entries if not self.is_large(entry)]
        with tempfile.TemporaryDirectory(dir=".") as copies:
            copied = await asyncio.to_thread(self.copy, fitting, copies)
            created = [(entry, self.create(entry, target)) for entry, target in copied]
            became = [entry for entry, asked in created if await self.is_run(entry, asked)]
        await asyncio.to_thread(self.finish, became)
        await self.remember(entries, [entry for entry, _ in created], became)

    async def remember(self, entries, asked, became):
        """What stays there as it is; what was finished is gone."""
        staying = [entry for entry in entries if self.is_large(entry)]
        staying += asked if self.inputs["after"] == "keep" else [entry for entry in asked if entry not in became]
        await self.seen.save([self.seen.note(entry) for entry in staying])

    def is_large(self, entry):
        return entry.size > self.inputs["max_megabytes"] << 20

    def copy(self, entries, copies):
        """Those that could be copied, with where to."""
        copied = []
        for number, entry in enumerate(entries):
            folder = os.path.join(copies, str(number))
            os.mkdir(folder)
            target = os.path.join(folder, os.path.basename(shown(entry.path)))
            try:
                self.folder.fetch(entry, target)
                copied.append((entry, target))
            except FileGone:
                print(f"{shown(entry.path)} has changed while it was read: it is looked at again.")
            except OSError as error:
                self.say_once(entry, error)
        return copied

    def say_once(self, entry, error):
        if entry not in self.unreadable:
            self.unreadable.add(entry)
            reason = self.folder.explained(error, os.path.join(self.folder.root, entry.path))
            print(f"{reason} It is tried again with each look.")

    def create(self, entry, target):
        name = shown(entry.path)
        data = {"file": target, "path": name, "size": entry.size, "modified": entry.modified}
        return self.service.create_run(data, identity=f"{self.folder.name}/{name} {entry.state}")

    async def is_run(self, entry, created):
        try:
            await created
        except self.service.RunRefused as error:
            # It stays where it is, and is not tried again as it is.
            print(f"{shown(entry.path)} was refused: {error}")
            return False
        print(f"{shown(entry.path)} was taken")
        return True

    def finish(self, entries):
        for entry in entries:
            self.folder.finish(entry)


async def run(service, inputs):
    folder = Folder(inputs)
    seen = await Seen.load(service)
    if inputs["start"] == "new files" and not await service.get_cursor("begun"):
        await seen.save([seen.note(entry) for entry in await asyncio.to_thread(folder.list)])
    await service.set_cursor("begun", True)
    watch = Watch(service, folder, inputs, seen)
    print(f"Watching {os.path.join(folder.name, inputs['path'])}")
    while True:
        has_more = await watch.look()
        # What is being written is looked at again sooner.
        every = min(inputs["settle"], inputs["every"]) if has_more else inputs["every"]
        await asyncio.sleep(max(every, SHORTEST_LOOK))
