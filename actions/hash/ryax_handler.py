import base64
import hashlib
import hmac

CHUNK = 1 << 20
FORMATS = {
    "hex": bytes.hex,
    "base64": lambda digest: base64.b64encode(digest).decode(),
    "base64url": lambda digest: base64.urlsafe_b64encode(digest).decode().rstrip("="),
}


def chunks_of(inputs):
    if inputs["text"] is not None:
        yield inputs["text"].encode()
        return
    with open(inputs["file"], "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def is_same(digest, expected, written_as, algorithm):
    expected = expected.strip()
    prefix = algorithm + "="
    if expected.lower().startswith(prefix):
        expected = expected[len(prefix) :]
    if written_as == "hex":
        expected = expected.lower()
    if written_as == "base64url":
        expected = expected.rstrip("=")
    return hmac.compare_digest(digest.encode(), expected.encode())


def handle(inputs):
    if (inputs["file"] is None) == (inputs["text"] is None):
        raise ValueError("Give either a text or a file.")
    name = inputs["algorithm"].replace("-", "_")
    if inputs["key"] is None:
        total = hashlib.new(name)
    elif inputs["key"] == "":
        raise ValueError("The key is empty: whatever was to set it did not.")
    else:
        total = hmac.new(inputs["key"].encode(), digestmod=name)
    for chunk in chunks_of(inputs):
        total.update(chunk)
    digest = FORMATS[inputs["format"]](total.digest())
    if inputs["expected"] is None:
        return {"digest": digest}
    return {"digest": digest, "matches": is_same(digest, inputs["expected"], inputs["format"], inputs["algorithm"])}
