import json


def parse_list(name, text):
    try:
        items = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{name} is not JSON: {error}.") from None
    if not isinstance(items, list):
        raise ValueError(f"{name} must be a JSON list.")
    return items


def identity(value):
    return json.dumps(value, sort_keys=True)


def distinct(items):
    found = {}
    for item in items:
        found.setdefault(identity(item), item)
    return list(found.values())


def by_position(first, second):
    merged = []
    for position in range(max(len(first), len(second))):
        pair = [items[position] for items in (first, second) if position < len(items)]
        if not all(isinstance(item, dict) for item in pair):
            raise ValueError(f"Item {position + 1} is not an object; only objects can be put together.")
        merged.append({name: value for item in pair for name, value in item.items()})
    return merged


def keyed(name, items, key):
    found = {}
    for position, item in enumerate(items, 1):
        if not isinstance(item, dict) or key not in item:
            raise ValueError(f"Item {position} of {name} has no field {key!r}.")
        found.setdefault(identity(item[key]), {}).update(item)
    return found


def handle(inputs):
    first, second = parse_list("first", inputs["first"]), parse_list("second", inputs["second"])
    mode = inputs["mode"]
    if mode in ("append", "distinct"):
        merged = first + second if mode == "append" else distinct(first + second)
    elif mode == "by position":
        merged = by_position(first, second)
    else:
        left, right = keyed("first", first, inputs["key"]), keyed("second", second, inputs["key"])
        names = [name for name in {**left, **right} if mode == "by key" or (name in left and name in right)]
        merged = [{**left.get(name, {}), **right.get(name, {})} for name in names]
    return {"items": json.dumps(merged, ensure_ascii=False), "count": len(merged)}
