import itertools
import json

import regex

LONGEST_WAIT = 60


def compile_pattern(inputs):
    flags = regex.VERSION0
    for name, flag in (("ignore_case", regex.IGNORECASE), ("multiline", regex.MULTILINE), ("dot_all", regex.DOTALL)):
        flags |= flag if inputs[name] else 0
    try:
        return regex.compile(inputs["pattern"], flags)
    except regex.error as error:
        raise ValueError(f"The pattern cannot be read at character {(error.pos or 0) + 1}: {error.msg}.") from None


def described(match):
    return {
        "text": match.group(),
        "start": match.start(),
        "end": match.end(),
        "groups": list(match.groups()),
        "names": match.groupdict(),
    }


def run(pattern, inputs, timeout):
    text, limit = inputs["text"], max(0, inputs["limit"])
    matches = [described(match) for match in itertools.islice(pattern.finditer(text, timeout=timeout), limit or None)]
    first = next(iter(matches), None)
    shown = (first["groups"] or [first["text"]])[0] if first else ""
    result = {"found": bool(matches), "count": len(matches), "first": shown or "", "text": text}
    if inputs["operation"] == "split":
        parts = pattern.split(text, maxsplit=limit, timeout=timeout)
        return {**result, "matches": json.dumps(parts, ensure_ascii=False)}
    if inputs["operation"] == "replace":
        try:
            result["text"] = pattern.sub(inputs["replacement"], text, count=limit, timeout=timeout)
        except (regex.error, IndexError) as error:
            raise ValueError(f"The replacement cannot be used: {error}.") from None
    return {**result, "matches": json.dumps(matches, ensure_ascii=False)}


def handle(inputs):
    timeout = min(max(inputs["timeout"], 0.01), LONGEST_WAIT)
    pattern = compile_pattern(inputs)
    try:
        return run(pattern, inputs, timeout)
    except TimeoutError:
        raise TimeoutError(f"The pattern was not done with this text after {timeout:g} s. Make it simpler.") from None
