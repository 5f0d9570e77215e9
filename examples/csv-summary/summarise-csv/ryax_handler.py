import csv
import io
from statistics import mean


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def describe(name, values):
    filled = [value.strip() for value in values if value and value.strip()]
    numbers = [number(value) for value in filled]
    if filled and None not in numbers:
        return f"{name}: {len(numbers)} numbers from {min(numbers):g} to {max(numbers):g}, on average {mean(numbers):g}"
    return f"{name}: {len(filled)} values, {len(set(filled))} of them different"


def handle(inputs):
    table = csv.DictReader(io.StringIO(inputs["csv"].strip()))
    columns = table.fieldnames or []
    if not columns:
        raise ValueError("The CSV is empty: its first line must name the columns.")
    rows = list(table)
    print(f"{len(rows)} rows, {len(columns)} columns")
    lines = [describe(name, [row.get(name) for row in rows]) for name in columns]
    return {"rows": len(rows), "columns": ", ".join(columns), "summary": "\n".join(lines)}
