import datetime
import json
import os
import tempfile
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

LARGEST_TEXT = 8 * 1024 * 1024
LARGEST_WORKBOOK = 512 * 1024 * 1024


def check(path):
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise ValueError(f"{os.path.basename(path)} is not an .xlsx workbook.") from None
    if unpacked > LARGEST_WORKBOOK:
        raise ValueError(f"The workbook unpacks to {unpacked >> 20} MiB; at most {LARGEST_WORKBOOK >> 20} are read.")


def sheet_of(book, wanted):
    names = book.sheetnames
    if wanted == "":
        return book[names[0]]
    if wanted in names:
        return book[wanted]
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return book[names[int(wanted) - 1]]
    raise ValueError(f"There is no sheet {wanted!r}. There are {', '.join(names)}.")


def plain(value):
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def names_of(row):
    names, seen = [], {}
    for position, value in enumerate(row, 1):
        name = str(plain(value)).strip() if value is not None else f"column_{position}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


def rows_of(sheet, has_header):
    columns = None
    for cells in sheet.iter_rows(values_only=True):
        values = [plain(value) for value in cells]
        if all(value is None for value in values):
            continue
        if has_header and columns is None:
            while values and values[-1] is None:
                values.pop()
            columns = names_of(values)
        elif has_header:
            values += [None] * (len(columns) - len(values))
            yield dict(zip(columns, values))
        else:
            yield values


def handle(inputs):
    check(inputs["file"])
    path = os.path.join(tempfile.mkdtemp(dir="."), "rows.json")
    count = 0
    try:
        book = load_workbook(inputs["file"], read_only=True, data_only=True)
    except (InvalidFileException, KeyError, zipfile.BadZipFile) as error:
        raise ValueError(f"The workbook cannot be read: {error}.") from None
    sheet = sheet_of(book, inputs["sheet"])
    if not hasattr(sheet, "iter_rows"):
        raise ValueError(f"The sheet {sheet.title!r} holds a chart and no rows.")
    with open(path, "w", encoding="utf-8") as target:
        for row in rows_of(sheet, inputs["header"]):
            if count == inputs["max_rows"]:
                raise ValueError(f"The sheet {sheet.title!r} has more than {count} rows.")
            target.write(("[\n" if count == 0 else ",\n") + json.dumps(row, ensure_ascii=False))
            count += 1
        target.write("[]\n" if count == 0 else "\n]\n")
    rows = None
    if os.path.getsize(path) <= LARGEST_TEXT:
        with open(path, encoding="utf-8") as file:
            rows = file.read()
    return {"rows": rows, "file": path, "sheets": json.dumps(book.sheetnames, ensure_ascii=False), "count": count}
