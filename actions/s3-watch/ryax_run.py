import asyncio
import base64
import collections
import fnmatch
import hashlib
import os
import tempfile
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

import certifi
import urllib3
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError

BUCKETS = 64
HASH = 8
BUCKET_FILES = 1000
SETTLE_SECONDS = 3.0
# An object is there as a whole or not at all.
SETTLES_AT_ONCE = True
CHUNK = 256 * 1024

Entry = collections.namedtuple("Entry", "path state size modified")


class StorageError(Exception):
    pass


def client_of(inputs):
    parts = urlsplit(inputs["endpoint"].strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("endpoint must be an address such as https://s3.amazonaws.com, without a path.")
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=10, read=inputs["timeout"]),
        retries=urllib3.Retry(total=3, backoff_factor=0.5, status_forcelist=[500, 502, 503, 504]),
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )
    return Minio(
        parts.netloc,
        access_key=inputs["access_key"],
        secret_key=inputs["secret_key"],
        region=inputs["region"] or None,
        secure=parts.scheme == "https",
        http_client=pool,
    )


def explained(error, inputs):
    """A failure in words, whatever the library makes of it."""
    if isinstance(error, S3Error):
        return StorageError(f"{inputs['bucket']}: {error.message or error.code} ({error.code})")
    if isinstance(error, (ServerError, InvalidResponseError, ParseError)):
        return StorageError(f"{inputs['endpoint']} does not answer as an S3 server: {str(error)[:300]}")
    reason = getattr(error, "reason", None) or error
    return StorageError(f"{inputs['endpoint']} cannot be reached: {reason}")


FAILURES = (S3Error, ServerError, InvalidResponseError, ParseError, urllib3.exceptions.HTTPError)


class Source:
    """The objects of a bucket."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.place = f"{inputs['bucket']}/{inputs['prefix']}"
        self.client = client_of(inputs)

    def list(self):
        try:
            return [entry_of(found) for found in self.found() if self.fits(found.object_name)]
        except FAILURES as error:
            raise explained(error, self.inputs) from None

    def found(self):
        return self.client.list_objects(
            self.inputs["bucket"], prefix=self.inputs["prefix"] or None, recursive=self.inputs["recursive"]
        )

    def fits(self, key):
        return not key.endswith("/") and fnmatch.fnmatchcase(os.path.basename(key), self.inputs["pattern"])

    def fetch(self, entry, target):
        """False where the object is another one by now."""
        answer = None
        try:
            answer = self.client.get_object(self.inputs["bucket"], entry.path)
            if answer.headers.get("ETag", "").strip('"') != entry.state.split(" ")[0]:
                return False
            with open(target, "wb") as file:
                for chunk in answer.stream(CHUNK):
                    if file.tell() + len(chunk) > entry.size:
                        return False
                    file.write(chunk)
                return file.tell() == entry.size
        except S3Error as error:
            if error.code == "NoSuchKey":
                return False
            raise explained(error, self.inputs) from None
        except FAILURES as error:
            raise explained(error, self.inputs) from None
        finally:
            if answer is not None:
                answer.close()
                answer.release_conn()

    def remove(self, entry):
        try:
            self.client.remove_object(self.inputs["bucket"], entry.path)
        except FAILURES as error:
            raise explained(error, self.inputs) from None

    def close(self):
        pass


def entry_of(found):
    modified = found.last_modified.isoformat() if found.last_modified else ""
    etag = (found.etag or "").strip('"')
    return Entry(found.object_name, f"{etag} {found.size or 0}", found.size or 0, modified)


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
        number = hashlib.sha256(path.encode()).digest()[-1] % BUCKETS
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
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:6]).decode()


class Watch:
    def __init__(self, service, source, inputs, seen):
        self.service, self.source, self.inputs, self.seen = service, source, inputs, seen
        self.before = {}

    async def look(self):
        entries = await asyncio.to_thread(self.source.list)
        settled = [entry for entry in entries if SETTLES_AT_ONCE or self.before.get(entry.path) == entry.state]
        self.before = {entry.path: entry.state for entry in entries}
        self.seen.keep_only(entries)
        fresh = [entry for entry in settled if not self.seen.has(entry)]
        for entry in sorted(fresh, key=lambda entry: (entry.modified, entry.path)):
            await self.take(entry)
        return any(not self.seen.has(entry) for entry in entries)

    async def take(self, entry):
        if entry.size > self.inputs["max_megabytes"] << 20:
            print(f"{entry.path} was left out: it has more than {self.inputs['max_megabytes']} MiB.")
            return await self.seen.save([self.seen.note(entry)])
        with tempfile.TemporaryDirectory(dir=".") as folder:
            target = os.path.join(folder, os.path.basename(entry.path) or "file")
            if not await asyncio.to_thread(self.source.fetch, entry, target):
                print(f"{entry.path} has changed while it was fetched: it is looked at again.")
                return
            data = {"file": target, "path": entry.path, "size": entry.size, "modified": entry.modified}
            became_run = await self.become_run(entry, data)
        if became_run and self.inputs["after"] == "delete":
            await asyncio.to_thread(self.source.remove, entry)
        await self.seen.save([self.seen.note(entry)])

    async def become_run(self, entry, data):
        try:
            await self.service.create_run(data, identity=f"{entry.path} {entry.state}")
        except self.service.RunRefused as error:
            # It stays where it is, and is not tried again as it is.
            print(f"{entry.path} was refused: {error}")
            return False
        print(f"{entry.path} was taken")
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
            await asyncio.sleep(SETTLE_SECONDS if has_more else max(inputs["every"], 1.0))
    finally:
        await asyncio.shield(asyncio.to_thread(source.close))
