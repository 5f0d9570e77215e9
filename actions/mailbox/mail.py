import email
import email.parser
import email.policy
import email.utils
import os
import re

LONGEST_NAME = 200
MOST_PARTS = 20_000
LONGEST_HEADER = 64 * 1024


def readable(otherwise, read, *arguments):
    """Anybody may send anything: what no library makes sense of is left empty, and all of the message is in its file."""
    try:
        return read(*arguments)
    except OSError:
        raise
    except Exception:
        return otherwise


def parsed(raw):
    """Parts within parts without an end, and more of them than there is memory for, are not gone into."""
    if raw.count(b"\n--") <= MOST_PARTS:
        try:
            return email.message_from_bytes(raw, policy=email.policy.default)
        except Exception:
            pass
    return email.parser.BytesHeaderParser(policy=email.policy.default).parsebytes(raw)


def header(message, name):
    """Cut where it is so long that the library would read it for minutes."""
    text = next((str(value) for given, value in message.raw_items() if given.lower() == name.lower()), "")
    return readable("", lambda: str(message.policy.header_fetch_parse(name, text[:LONGEST_HEADER])))


def text_of(message, kind):
    part = readable(None, message.get_body, (kind,))
    if part is None:
        return ""
    text = readable(None, part.get_content)
    if text is not None:
        return text
    return readable("", lambda: (part.get_payload(decode=True) or b"").decode("utf-8", "replace"))


def moment_of(message):
    return readable("", lambda: email.utils.parsedate_to_datetime(header(message, "Date")).isoformat())


def content_of(part):
    content = part.get_payload(decode=True)
    return part.as_bytes() if content is None else content


def name_of(part, number):
    # Bytes that no header should have, but has, are kept in halves of characters.
    given = readable(b"", lambda: (part.get_filename() or "").encode("utf-8", "surrogateescape"))
    name = re.sub(rb"[/\\\0-\x1f]", b"_", given).strip(b". ")[:LONGEST_NAME]
    # It may have been cut within a character.
    return name.decode("utf-8", "ignore") or f"attachment-{number}"


def write_attachments(message, folder):
    """None where there are none."""
    target = os.path.join(folder, "attachments")
    os.mkdir(target)
    for number, part in enumerate(readable([], lambda: list(message.iter_attachments())), 1):
        name = name_of(part, number)
        path = os.path.join(target, name)
        if os.path.exists(path):
            path = os.path.join(target, f"{number}-{name}")
        with open(path, "wb") as file:
            file.write(readable(b"", content_of, part))
    return target if os.listdir(target) else None


def outputs_of(message, raw, folder):
    with open(os.path.join(folder, "message.eml"), "wb") as file:
        file.write(raw)
    sender = header(message, "From")
    return {
        "subject": header(message, "Subject"),
        "sender": readable("", lambda: email.utils.parseaddr(sender)[1]),
        "from": sender,
        "to": header(message, "To"),
        "date": moment_of(message),
        "text": text_of(message, "plain"),
        "html": text_of(message, "html"),
        "message_id": header(message, "Message-ID").strip(),
        "attachments": write_attachments(message, folder),
        "message": os.path.join(folder, "message.eml"),
    }
