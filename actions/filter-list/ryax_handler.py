import json

MISSING = object()


def parse_list(text):
    try:
        items = json.loads(text)
    except ValueError as error:
        raise ValueError(f"items is not JSON: {error}.") from None
    if not isinstance(items, list):
        raise ValueError("items must be a JSON list.")
    return items


def parse_value(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def field_of(item, path):
    for part in path.split(".") if path else []:
        if isinstance(item, dict) and part in item:
            item = item[part]
        elif isinstance(item, list) and part.lstrip("-").isdigit() and -len(item) <= int(part) < len(item):
            item = item[int(part)]
        else:
            return MISSING
    return item


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same(found, value):
    # In JSON a number is none of true and false.
    return isinstance(found, bool) == isinstance(value, bool) and found == value


def contains(found, value):
    if isinstance(found, list):
        return any(same(item, value) for item in found)
    if isinstance(found, dict):
        return value in found
    return isinstance(found, str) and str(value) in found


def ordered(compare):
    def test(found, value):
        if is_number(found) and is_number(value):
            return compare(found, value)
        return isinstance(found, str) and isinstance(value, str) and compare(found, value)

    return test


TESTS = {
    "equals": same,
    "contains": contains,
    "starts with": lambda found, value: isinstance(found, str) and found.startswith(str(value)),
    "ends with": lambda found, value: isinstance(found, str) and found.endswith(str(value)),
    "greater": ordered(lambda found, value: found > value),
    "at least": ordered(lambda found, value: found >= value),
    "less": ordered(lambda found, value: found < value),
    "at most": ordered(lambda found, value: found <= value),
    "one of": lambda found, value: any(same(found, one) for one in value),
}


def folded(value):
    if isinstance(value, str):
        return value.casefold()
    return [folded(item) for item in value] if isinstance(value, list) else value


def meets(found, condition, value):
    if condition == "exists":
        return found is not MISSING and found is not None
    if condition == "is empty":
        return found is MISSING or found is None or found in ("", [], {})
    if condition.startswith("not "):
        return not meets(found, condition[len("not ") :], value)
    return found is not MISSING and TESTS[condition](found, value)


def handle(inputs):
    condition, value = inputs["condition"], parse_value(inputs["value"])
    if condition == "one of" and not isinstance(value, list):
        raise ValueError("value must be a JSON list for “one of”.")
    if inputs["ignore_case"]:
        value = folded(value)
    kept, others = [], []
    for item in parse_list(inputs["items"]):
        found = field_of(item, inputs["field"])
        if inputs["ignore_case"] and found is not MISSING:
            found = folded(found)
        (kept if meets(found, condition, value) else others).append(item)
    return {
        "items": json.dumps(kept, ensure_ascii=False),
        "others": json.dumps(others, ensure_ascii=False),
        "count": len(kept),
        "found": bool(kept),
    }
