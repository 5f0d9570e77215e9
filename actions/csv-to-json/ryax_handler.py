import csv
import io
import json
import os
import re
import tempfile

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
LARGEST_TEXT = 8 * 1024 * 1024
LONGEST_FIELD = 16 * 1024 * 1024
INTEGER = re.compile(r"-?(0|[1-9]\d{0,14})")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,2})?")


def typed(field):
    if field == "":
        return None
    if field in ("true", "false"):
        return field == "true"
    if INTEGER.fullmatch(field):
        return int(field)
    # More digits than a float holds are somebody's number, such as a bank account's, and stay as they are.
    if len(field) <= 17 and NUMBER.fullmatch(field):
        return float(field)
    return field


def open_source(inputs):
    if (inputs["file"] is None) == (inputs["text"] is None):
        raise ValueError("Give either a file or a text.")
    if inputs["text"] is not None:
        return io.StringIO(inputs["text"].removeprefix("\ufeff"), newline="")
    encoding = "utf-8-sig" if inputs["encoding"] == "utf-8" else inputs["encoding"]
    return open(inputs["file"], newline="", encoding=encoding)


def delimiter_of(source, wanted):
    if wanted != "auto":
        return DELIMITERS[wanted]
    beginning = source.read(64 * 1024)
    source.seek(0)
    first = beginning.splitlines()[0] if beginning.strip() else ""
    return max(DELIMITERS.values(), key=first.count)


def names_of(row):
    names, seen = [], {}
    for position, name in enumerate(row, 1):
        name = name.strip() or f"column_{position}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


def rows_of(reader, inputs, columns):
    for row in reader:
        if not row:
            continue
        values = [typed(field) for field in row] if inputs["types"] else row
        if not inputs["header"]:
            yield values
            continue
        if len(values) > len(columns):
            raise ValueError(f"Line {reader.line_num} has {len(values)} fields, but there are {len(columns)} columns.")
        values += [None] * (len(columns) - len(values))
        yield dict(zip(columns, values))


def handle(inputs):
    csv.field_size_limit(LONGEST_FIELD)
    path = os.path.join(tempfile.mkdtemp(dir="."), "rows.json")
    count = 0
    try:
        with open_source(inputs) as source, open(path, "w", encoding="utf-8") as target:
            reader = csv.reader(source, delimiter=delimiter_of(source, inputs["delimiter"]), strict=True)
            columns = names_of(next(reader, [])) if inputs["header"] else []
            for row in rows_of(reader, inputs, columns):
                target.write(("[\n" if count == 0 else ",\n") + json.dumps(row, ensure_ascii=False))
                count += 1
            target.write("[]\n" if count == 0 else "\n]\n")
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num} is not CSV: {error}.") from None
    except UnicodeDecodeError as error:
        raise ValueError(
            f"The file is not in {inputs['encoding']}: byte {error.object[error.start]:#04x} does not fit."
        ) from None
    rows = None
    if os.path.getsize(path) <= LARGEST_TEXT:
        with open(path, encoding="utf-8") as file:
            rows = file.read()
    return {"rows": rows, "file": path, "columns": json.dumps(columns, ensure_ascii=False), "count": count}
