import csv
import json
import os
import tempfile

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read_rows(inputs):
    if (inputs["file"] is None) == (inputs["rows"] is None):
        raise ValueError("Give either rows or a file.")
    try:
        if inputs["rows"] is not None:
            rows = json.loads(inputs["rows"])
        else:
            with open(inputs["file"], encoding="utf-8-sig") as file:
                rows = json.load(file)
    except ValueError as error:
        raise ValueError(f"The rows are not JSON: {error}.") from None
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list) or not all(isinstance(row, (dict, list)) for row in rows):
        raise ValueError("The rows must be a JSON list of objects, or of lists.")
    if len({type(row) for row in rows}) > 1:
        raise ValueError("The rows are partly objects and partly lists.")
    return rows


def columns_of(inputs, rows):
    given = [name.strip() for name in inputs["columns"].split(",") if name.strip()]
    if given or not rows or isinstance(rows[0], list):
        return given
    # A dict keeps the order in which names come up.
    return list(dict.fromkeys(name for row in rows for name in row))


def field_of(value, is_safe):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if is_safe and isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def handle(inputs):
    rows = read_rows(inputs)
    columns = columns_of(inputs, rows)
    is_safe = inputs["safe_for_spreadsheets"]
    path = os.path.join(tempfile.mkdtemp(dir="."), os.path.basename(inputs["name"]) or "rows.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=DELIMITERS[inputs["delimiter"]])
        if inputs["header"] and columns:
            writer.writerow([field_of(name, is_safe) for name in columns])
        for row in rows:
            values = [row.get(name) for name in columns] if isinstance(row, dict) else row
            writer.writerow([field_of(value, is_safe) for value in values])
    return {"file": path, "count": len(rows)}
