import codecs
import os

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def guess(content):
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def handle(inputs):
    path, name = inputs["file"], os.path.basename(inputs["file"])
    size = os.path.getsize(path)
    if size > inputs["max_bytes"]:
        raise ValueError(f"{name} has {size} bytes; at most {inputs['max_bytes']} are read.")
    with open(path, "rb") as file:
        content = file.read()
    encoding = guess(content) if inputs["encoding"] == "auto" else inputs["encoding"]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not a text in {encoding}: byte {error.start + 1} does not fit.") from None
    return {"text": text, "name": name, "size": size, "encoding": encoding}
