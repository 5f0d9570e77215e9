import asyncio
import datetime
import hashlib
import json
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import ParseError

import httpx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST_FEED = 20 * 1024 * 1024
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LEAST_SECONDS = 5
# Feeds hold some dozens; what has left one does not come back.
REMEMBERED = 1000
PATIENCE = 3


class FeedError(Exception):
    pass


class Feed:
    """A feed's address, asked for what has changed only."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.place = urlsplit(inputs["url"]).hostname or inputs["url"]
        self.auth = (inputs["username"], inputs["password"] or "") if inputs["username"] else None
        self.conditions = {}

    def fetch(self):
        """None where nothing has changed."""
        try:
            return self.read(time.monotonic() + self.inputs["timeout"])
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise ValueError("url is not an address that begins with http:// or https://.") from None
        except httpx.TimeoutException:
            raise FeedError(f"{self.place} has not answered within {self.inputs['timeout']:g} s.") from None
        except httpx.HTTPError as error:
            raise FeedError(f"{self.place} cannot be read: {error}") from None

    def read(self, deadline):
        options = {"timeout": self.inputs["timeout"], "follow_redirects": True, "auth": self.auth}
        content = b""
        with httpx.stream("GET", self.inputs["url"], headers=self.conditions, **options) as answer:
            if answer.status_code == 304:
                return None
            if answer.status_code >= 300:
                raise FeedError(f"{self.place} answered {answer.status_code} {answer.reason_phrase}.")
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > LARGEST_FEED:
                    raise FeedError(f"The feed has more than {LARGEST_FEED >> 20} MiB.")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("")
        entries = entries_of(content, str(answer.url))
        asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        self.conditions = {asked[name]: answer.headers[name] for name in asked if name in answer.headers}
        return entries


def local(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def child(element, *names):
    """The first child by the first of these local names that there is one of; a full name names its own space."""
    for name in names:
        for found in element:
            if found.tag == name if name.startswith("{") else local(found) == name:
                return found
    return None


def text_of(element):
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def markup_of(element):
    return "".join(element.itertext()).strip() if element is not None else ""


def moment_of(text):
    for read in (parsedate_to_datetime, lambda value: datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=datetime.timezone.utc)
    return None


def link_of(entry, base):
    links = [found for found in entry if local(found) == "link"]
    for found in links:
        if found.get("href") and found.get("rel", "alternate") == "alternate":
            return urljoin(base, found.get("href"))
    return next((urljoin(base, text_of(found)) for found in links if text_of(found)), "")


def enclosure_of(entry, base):
    for found in entry:
        if local(found) == "enclosure" and found.get("url"):
            return urljoin(base, found.get("url"))
        if local(found) == "link" and found.get("rel") == "enclosure" and found.get("href"):
            return urljoin(base, found.get("href"))
    return ""


def author_of(entry):
    author = child(entry, "author", "creator")
    name = child(author, "name") if author is not None else None
    return text_of(name if name is not None else author)


def described(entry, base):
    moment = moment_of(text_of(child(entry, "pubDate", "published", "updated", "date")))
    link = link_of(entry, base)
    categories = [found.get("term") or text_of(found) for found in entry if local(found) in ("category", "subject")]
    return {
        "id": text_of(child(entry, "guid", "id")) or link,
        "title": text_of(child(entry, "title")),
        "link": link,
        "published": moment.isoformat() if moment else None,
        "author": author_of(entry),
        "summary": markup_of(child(entry, "description", "summary", CONTENT, "content")),
        "categories": [name for name in categories if name],
        "enclosure": enclosure_of(entry, base),
    }


def entries_of(content, base):
    """Oldest first, as far as the feed itself is in order."""
    try:
        root = fromstring(content)
    except DefusedXmlException:
        raise FeedError("The feed was refused: it defines entities of its own.") from None
    except ParseError as error:
        raise FeedError(f"This is not a feed: {error}.") from None
    if local(root) not in ("rss", "feed", "RDF"):
        raise FeedError(f"This is not an RSS or Atom feed but <{local(root)}>.")
    entries = [described(entry, base) for entry in root.iter() if local(entry) in ("item", "entry")]
    return entries[::-1]


def mark_of(entry):
    name = entry["id"] or entry["title"] + entry["summary"]
    return hashlib.sha256(name.encode()).hexdigest()[:14]


class Seen:
    """The entries that were runs, or were there before."""

    def __init__(self, service, marks):
        self.service, self.marks = service, marks

    async def add(self, marks):
        self.marks = (self.marks + marks)[-REMEMBERED:]
        await self.service.set_cursor("seen", "".join(self.marks))


async def begin(service, feed, inputs):
    text = await service.get_cursor("seen")
    if text is not None:
        return Seen(service, [text[start : start + 14] for start in range(0, len(text), 14)])
    seen = Seen(service, [])
    if inputs["start"] == "new entries":
        await seen.add([mark_of(entry) for entry in await asyncio.to_thread(feed.fetch) or []])
        # What comes next is compared with these, so that the answer must be a whole one.
        feed.conditions = {}
    return seen


def outputs_of(entry):
    names = ("title", "link", "summary", "author", "published", "id")
    return {**{name: entry[name] or "" for name in names}, "entry": json.dumps(entry, ensure_ascii=False)}


async def look(service, feed, seen):
    fresh = {}
    for entry in await asyncio.to_thread(feed.fetch) or []:
        mark = mark_of(entry)
        if mark not in seen.marks:
            fresh.setdefault(mark, entry)
    created = [(entry, service.create_run(outputs_of(entry), identity=mark)) for mark, entry in fresh.items()]
    for entry, asked in created:
        try:
            await asked
        except service.RunRefused as error:
            print(f"{entry['id'] or entry['title']} was refused: {error}")
    if fresh:
        await seen.add(list(fresh))
        print(f"{len(fresh)} new at {feed.place}")


async def run(service, inputs):
    feed = Feed(inputs)
    seen = await begin(service, feed, inputs)
    failures = 0
    while True:
        begun = time.monotonic()
        try:
            await look(service, feed, seen)
            failures = 0
        except FeedError as error:
            failures += 1
            feed.conditions = {}
            print(error)
            if failures >= PATIENCE:
                raise
        pause = max(inputs["every"], LEAST_SECONDS) if failures == 0 else LEAST_SECONDS
        await asyncio.sleep(max(0.0, pause - (time.monotonic() - begun)))
