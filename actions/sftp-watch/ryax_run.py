import asyncio
import base64
import hashlib
import os
import tempfile

from sftp import Source, raw, shown

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
        number = hashlib.sha256(raw(path)).digest()[-1] % BUCKETS
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
    return base64.urlsafe_b64encode(hashlib.sha256(raw(text)).digest()[:6]).decode()


class Watch:
    def __init__(self, service, source, inputs, seen):
        self.service, self.source, self.inputs, self.seen = service, source, inputs, seen
        self.before = {}

    async def look(self):
        entries = await asyncio.to_thread(self.source.list)
        settled = [entry for entry in entries if self.before.get(entry.path) == entry.state]
        self.before = {entry.path: entry.state for entry in entries}
        self.seen.keep_only(entries)
        fresh = [entry for entry in settled if not self.seen.has(entry)]
        for entry in sorted(fresh, key=lambda entry: (entry.modified, entry.path)):
            await self.take(entry)
        return any(not self.seen.has(entry) for entry in entries)

    async def take(self, entry):
        if entry.size > self.inputs["max_megabytes"] << 20:
            print(f"{shown(entry.path)} was left out: it has more than {self.inputs['max_megabytes']} MiB.")
            return await self.seen.save([self.seen.note(entry)])
        with tempfile.TemporaryDirectory(dir=".") as folder:
            target = os.path.join(folder, os.path.basename(shown(entry.path)) or "file")
            if not await asyncio.to_thread(self.source.fetch, entry, target):
                print(f"{shown(entry.path)} has changed while it was fetched: it is looked at again.")
                return
            data = {"file": target, "path": shown(entry.path), "size": entry.size, "modified": entry.modified}
            became_run = await self.become_run(entry, data)
        if became_run and self.inputs["after"] == "delete":
            await asyncio.to_thread(self.source.remove, entry)
        await self.seen.save([self.seen.note(entry)])

    async def become_run(self, entry, data):
        try:
            await self.service.create_run(data, identity=f"{shown(entry.path)} {entry.state}")
        except self.service.RunRefused as error:
            # It stays where it is, and is not tried again as it is.
            print(f"{shown(entry.path)} was refused: {error}")
            return False
        print(f"{shown(entry.path)} was taken")
        return True


async def run(service, inputs):
    source = Source(inputs)
    try:
        seen = await Seen.load(service)
        if inputs["start"] == "new files" and not await service.get_cursor("begun"):
            await seen.save([seen.note(entry) for entry in await asyncio.to_thread(source.list)])
        await service.set_cursor("begun", True)
        watch = Watch(service, source, inputs, seen)
        print(f"Watching {source.place}")
        while True:
            has_more = await watch.look()
            # What is being written is looked at again sooner.
            await asyncio.sleep(max(inputs["settle"], SHORTEST_LOOK) if has_more else max(inputs["every"], 1.0))
    finally:
        await asyncio.shield(asyncio.to_thread(source.close))
