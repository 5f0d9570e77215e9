import json


def parse_list(text):
    try:
        items = json.loads(text)
    except ValueError as error:
        raise ValueError(f"items is not JSON: {error}.") from None
    if not isinstance(items, list):
        raise ValueError("items must be a JSON list.")
    return items


def field_of(item, path):
    for part in path.split("."):
        item = item.get(part) if isinstance(item, dict) else None
    return item


def handle(inputs):
    items, size = parse_list(inputs["items"]), inputs["size"]
    if inputs["group_by"]:
        groups = {}
        for item in items:
            key = field_of(item, inputs["group_by"])
            groups.setdefault(json.dumps(key, sort_keys=True), (key, []))[1].append(item)
        keys, batches = [key for key, _ in groups.values()], [group for _, group in groups.values()]
    else:
        if size < 1:
            raise ValueError(f"size must be at least 1, not {size}.")
        keys, batches = [], [items[start : start + size] for start in range(0, len(items), size)]
    return {
        "batches": json.dumps(batches, ensure_ascii=False),
        "keys": json.dumps(keys, ensure_ascii=False),
        "count": len(batches),
    }
