import os
import tempfile


def handle(inputs):
    name = os.path.basename(inputs["name"].replace("\\", "/").rstrip("/")).replace("\0", "")
    if name in ("", ".", ".."):
        raise ValueError(f"{inputs['name']!r} is not a file name.")
    try:
        content = inputs["text"].encode(inputs["encoding"])
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise ValueError(
            f"{inputs['encoding']} has no {character!r} (character {error.start + 1} of the text). Take utf-8."
        ) from None
    path = os.path.join(tempfile.mkdtemp(dir="."), name)
    with open(path, "wb") as file:
        file.write(content)
    return {"file": path, "size": len(content)}
