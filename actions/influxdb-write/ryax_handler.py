import datetime
import gzip
import json
import math
import time

import httpx

LINES_AT_ONCE = 5_000
UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


class InfluxError(Exception):
    pass


def escaped(text, signs):
    for sign in signs:
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " ")


def field_of(name, value, keep_integers):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and keep_integers:
        return f"{value}i"
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise ValueError(f"The field {name!r} is not a finite number.")
        return repr(float(value))
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    raise ValueError(f"The field {name!r} must be a number, a text or true/false.")


def time_of(value, precision):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(int(value))
    try:
        moment = datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"{value!r} is not a time in ISO 8601.") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)
    passed = moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    microseconds = (passed.days * 86_400 + passed.seconds) * 10**6 + passed.microseconds
    return str(microseconds * UNITS[precision] // 10**6)


def line_of(position, point, inputs):
    if not isinstance(point, dict) or not isinstance(point.get("measurement"), str) or not point["measurement"]:
        raise ValueError(f"Point {position} has no measurement.")
    unknown = set(point) - {"measurement", "tags", "fields", "time"}
    if unknown:
        raise ValueError(
            f"Point {position} has {sorted(unknown)[0]!r}, which is none of measurement, tags, fields and time."
        )
    fields = {name: value for name, value in (point.get("fields") or {}).items() if value is not None}
    if not fields:
        raise ValueError(f"Point {position} has no fields.")
    tags = {name: value for name, value in (point.get("tags") or {}).items() if value not in (None, "")}
    head = escaped(point["measurement"], (",", " "))
    head += "".join(
        f",{escaped(name, (',', '=', ' '))}={escaped(str(tags[name]), (',', '=', ' '))}" for name in sorted(tags)
    )
    body = ",".join(
        f"{escaped(name, (',', '=', ' '))}={field_of(name, value, inputs['integers'])}"
        for name, value in fields.items()
    )
    moment = point.get("time")
    return f"{head} {body}" + (f" {time_of(moment, inputs['precision'])}" if moment is not None else "")


def lines_of(inputs):
    if (inputs["points"] is None) == (inputs["lines"] is None):
        raise ValueError("Give either points or lines.")
    if inputs["lines"] is not None:
        return [line for line in inputs["lines"].splitlines() if line.strip() and not line.startswith("#")]
    try:
        points = json.loads(inputs["points"])
    except ValueError as error:
        raise ValueError(f"points is not JSON: {error}.") from None
    points = points if isinstance(points, list) else [points]
    return [line_of(position, point, inputs) for position, point in enumerate(points, 1)]


def target_of(inputs):
    base, precision = inputs["url"].strip().rstrip("/"), inputs["precision"]
    if inputs["version"] == "v2":
        headers = {"authorization": f"Token {inputs['token']}"} if inputs["token"] else {}
        parameters = {"org": inputs["organisation"], "bucket": inputs["bucket"], "precision": precision}
        return f"{base}/api/v2/write", parameters, headers, None
    auth = (inputs["username"], inputs["password"] or "") if inputs["username"] else None
    return f"{base}/write", {"db": inputs["bucket"], "precision": "u" if precision == "us" else precision}, {}, auth


def message_of(answer):
    try:
        document = answer.json()
        return document.get("message") or document.get("error") or answer.text
    except (ValueError, AttributeError):
        return answer.text


def handle(inputs):
    lines = lines_of(inputs)
    url, parameters, headers, auth = target_of(inputs)
    deadline = time.monotonic() + inputs["timeout"]
    with httpx.Client(
        headers={**headers, "content-encoding": "gzip", "content-type": "text/plain; charset=utf-8"}
    ) as client:
        for start in range(0, len(lines), LINES_AT_ONCE):
            batch = lines[start : start + LINES_AT_ONCE]
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{start} of {len(lines)} lines were written within {inputs['timeout']:g} s.")
            try:
                answer = client.post(
                    url, params=parameters, content=gzip.compress("\n".join(batch).encode()), auth=auth, timeout=left
                )
            except (httpx.InvalidURL, httpx.UnsupportedProtocol):
                raise ValueError("url is not an address that begins with http:// or https://.") from None
            except httpx.TimeoutException:
                raise TimeoutError(f"The server has not answered within {inputs['timeout']:g} s.") from None
            except httpx.TransportError as error:
                raise InfluxError(f"The server cannot be reached: {error}") from None
            if answer.status_code >= 300:
                said = " ".join(str(message_of(answer)).split())[:500]
                raise InfluxError(f"The server refused lines from {start + 1} on with {answer.status_code}: {said}")
    return {"count": len(lines)}
