import json
import os
import tempfile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
FORBIDDEN_IN_TITLES = set("[]:*?/\\")
WIDEST = 60


def parse(text):
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"rows is not JSON: {error}.") from None


def sheets_of(inputs):
    rows = parse(inputs["rows"])
    sheets = rows if isinstance(rows, dict) else {inputs["sheet"]: rows}
    for title, content in sheets.items():
        if not 1 <= len(title) <= 31 or FORBIDDEN_IN_TITLES & set(title):
            raise ValueError(f"{title!r} cannot be a sheet's name: 1 to 31 characters, and none of []:*?/\\.")
        if not isinstance(content, list) or not all(isinstance(row, (dict, list)) for row in content):
            raise ValueError(f"The rows of {title!r} must be a list of objects, or of lists.")
        if len(content) >= MOST_ROWS:
            raise ValueError(f"A sheet holds {MOST_ROWS} rows; {title!r} has {len(content)}.")
    return sheets


def cell_of(sheet, value):
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = "".join(character for character in value[:LONGEST_TEXT] if character >= " " or character in "\t\n\r")
    # What begins with “=” would be a formula, which is no business of data.
    cell.data_type = "s"
    return cell


def header_of(sheet, columns):
    for name in columns:
        cell = cell_of(sheet, name)
        cell.font = Font(bold=True)
        yield cell


def write(book, title, rows):
    sheet = book.create_sheet(title)
    columns = list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
    lists = [[row.get(name) for name in columns] if isinstance(row, dict) else row for row in rows]
    for position in range(max(map(len, lists), default=0)):
        texts = [columns[position]] if position < len(columns) else []
        texts += [str(row[position]) for row in lists[:1000] if position < len(row) and row[position] is not None]
        width = max(map(len, texts), default=8) + 2
        sheet.column_dimensions[get_column_letter(position + 1)].width = min(max(width, 8), WIDEST)
    if columns:
        sheet.freeze_panes = "A2"
        sheet.append(header_of(sheet, columns))
    for row in lists:
        sheet.append([cell_of(sheet, value) for value in row])


def handle(inputs):
    sheets = sheets_of(inputs)
    book = Workbook(write_only=True)
    for title, rows in (sheets or {inputs["sheet"]: []}).items():
        write(book, title, rows)
    name = os.path.basename(inputs["name"]) or "rows.xlsx"
    path = os.path.join(tempfile.mkdtemp(dir="."), name if name.lower().endswith(".xlsx") else f"{name}.xlsx")
    book.save(path)
    return {"file": path, "count": sum(map(len, sheets.values()))}
