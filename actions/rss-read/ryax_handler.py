import datetime
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


class FeedError(Exception):
    pass


def fetch(inputs):
    place = urlsplit(inputs["url"]).hostname or inputs["url"]
    auth = (inputs["username"], inputs["password"] or "") if inputs["username"] else None
    deadline = time.monotonic() + inputs["timeout"]
    content = b""
    try:
        with httpx.stream("GET", inputs["url"], auth=auth, timeout=inputs["timeout"], follow_redirects=True) as answer:
            if answer.status_code >= 300:
                raise FeedError(f"{place} answered {answer.status_code} {answer.reason_phrase}.")
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > LARGEST_FEED:
                    raise FeedError(f"The feed has more than {LARGEST_FEED >> 20} MiB.")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("")
            return content, str(answer.url)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise ValueError("url is not an address that begins with http:// or https://.") from None
    except httpx.TimeoutException:
        raise TimeoutError(f"{place} has not answered within {inputs['timeout']:g} s.") from None
    except httpx.HTTPError as error:
        raise FeedError(f"{place} cannot be read: {error}") from None


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


def handle(inputs):
    since = moment_of(inputs["since"]) if inputs["since"].strip() else None
    if inputs["since"].strip() and since is None:
        raise ValueError(f"{inputs['since']!r} is not a moment such as 2026-01-31T12:00:00Z.")
    content, base = fetch(inputs)
    try:
        root = fromstring(content)
    except DefusedXmlException:
        raise FeedError("The feed was refused: it defines entities of its own.") from None
    except ParseError as error:
        raise FeedError(f"This is not a feed: {error}.") from None
    if local(root) not in ("rss", "feed", "RDF"):
        raise FeedError(f"This is not an RSS or Atom feed but <{local(root)}>.")
    channel = child(root, "channel")
    head = channel if channel is not None else root
    entries = [described(entry, base) for entry in root.iter() if local(entry) in ("item", "entry")]
    fresh = [
        entry
        for entry in entries
        if since is None or entry["published"] is None or datetime.datetime.fromisoformat(entry["published"]) > since
    ][: max(inputs["limit"], 0)]
    dates = [datetime.datetime.fromisoformat(entry["published"]) for entry in fresh if entry["published"]]
    return {
        "items": json.dumps(fresh, ensure_ascii=False),
        "count": len(fresh),
        "title": text_of(child(head, "title")),
        "newest": max(dates).isoformat() if dates else inputs["since"],
    }
