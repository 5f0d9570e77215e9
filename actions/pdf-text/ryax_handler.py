import json
import os

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

LARGEST_TEXT = 16 * 1024 * 1024
PROPERTIES = ("title", "author", "subject", "creator", "producer")


def opened(path, password):
    name = os.path.basename(path)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(password or ""):
            raise ValueError(
                f"{name} is protected, and " + ("the password is wrong." if password else "there is no password.")
            )
        return reader, len(reader.pages)
    except FileNotDecryptedError:
        raise ValueError(f"{name} is protected, and there is no password.") from None
    except (PyPdfError, OSError, RecursionError) as error:
        raise ValueError(f"{name} is not a PDF that can be read: {error}.") from None


def chosen(text, count):
    if not text.strip():
        return range(1, count + 1)
    pages = []
    for part in text.split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if not first.isdigit() or (dash and last and not last.isdigit()):
            raise ValueError(f"{part.strip()!r} names no page. Pages are given as in 1-3,5.")
        end = int(last) if last else count if dash else int(first)
        if not 1 <= int(first) <= end <= count:
            raise ValueError(f"There is no page {part.strip()}; the file has {count}.")
        pages += range(int(first), end + 1)
    return pages


def properties_of(reader):
    try:
        found = reader.metadata or {}
        return {name: str(value) for name in PROPERTIES if (value := getattr(found, name, None))}
    except Exception as error:
        print(f"The properties cannot be read: {error}")
        return {}


def handle(inputs):
    reader, count = opened(inputs["file"], inputs["password"])
    texts, size = [], 0
    for number in chosen(inputs["pages"], count):
        try:
            text = reader.pages[number - 1].extract_text().strip()
        except Exception as error:
            raise ValueError(f"Page {number} cannot be read: {error}.") from None
        size += len(text)
        if size > LARGEST_TEXT:
            raise ValueError(f"There is too much text up to page {number}. Take fewer pages at a time.")
        texts.append({"page": number, "text": text})
    return {
        "text": "\n\n".join(page["text"] for page in texts),
        "page_texts": json.dumps(texts, ensure_ascii=False),
        "pages": count,
        "properties": json.dumps(properties_of(reader), ensure_ascii=False),
    }
