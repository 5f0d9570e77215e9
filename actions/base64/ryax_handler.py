import base64
import binascii
import os
import tempfile

LARGEST_TEXT = 8 * 1024 * 1024


def read(inputs):
    if (inputs["file"] is None) == (inputs["text"] is None):
        raise ValueError("Give either a text or a file.")
    if inputs["text"] is not None:
        return inputs["text"].encode()
    with open(inputs["file"], "rb") as file:
        return file.read()


def encode(content, url_safe):
    return base64.urlsafe_b64encode(content).rstrip(b"=") if url_safe else base64.b64encode(content)


def decode(content):
    if content.startswith(b"data:") and b";base64," in content[:200]:
        content = content.split(b";base64,", 1)[1]
    content = b"".join(content.split()).rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(content + b"=" * (-len(content) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(f"This is not base64: {error}.") from None


def text_of(content):
    if len(content) > LARGEST_TEXT:
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def handle(inputs):
    content = read(inputs)
    result = encode(content, inputs["url_safe"]) if inputs["operation"] == "encode" else decode(content)
    path = os.path.join(tempfile.mkdtemp(dir="."), os.path.basename(inputs["name"]) or "decoded")
    with open(path, "wb") as file:
        file.write(result)
    return {"text": text_of(result), "file": path, "size": len(result)}
