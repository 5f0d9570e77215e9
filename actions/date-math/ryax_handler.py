import datetime
import re
import zoneinfo

from dateutil.parser import ParserError, parse
from dateutil.relativedelta import relativedelta

DURATION = re.compile(
    r"(?P<sign>[+-])?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
UNITS = ["year", "month", "day", "hour", "minute", "second", "microsecond"]
LOWEST = {"month": 1, "day": 1}


def zone_of(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"There is no time zone {name!r}. They are named as in Europe/Paris.") from None


def read(text, form, zone):
    text = text.strip()
    if text == "now":
        return datetime.datetime.now(zone)
    try:
        if form:
            found = datetime.datetime.strptime(text, form)
        elif re.fullmatch(r"-?\d{9,}(\.\d+)?", text):
            return datetime.datetime.fromtimestamp(float(text), zone)
        else:
            # What a short date leaves out is the beginning, not today's.
            found = parse(text, default=datetime.datetime(1, 1, 1)) if text else None
    except (ParserError, ValueError, OverflowError, OSError) as error:
        raise ValueError(f"{text!r} cannot be read as a date: {error}.") from None
    if found is None or found.year == 1:
        raise ValueError(f"{text!r} cannot be read as a date: it has no year.")
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)


def moved(date, duration):
    match = DURATION.fullmatch(duration.strip())
    parts = {
        name: float(value) for name, value in (match.groupdict() if match else {}).items() if name != "sign" and value
    }
    if not parts:
        raise ValueError(f"{duration!r} is not a duration such as P1M or -P2DT3H.")
    sign = -1 if match["sign"] == "-" else 1
    calendar = {name: sign * int(parts[name]) for name in ("years", "months", "weeks", "days") if name in parts}
    clock = {name: sign * parts[name] for name in ("hours", "minutes", "seconds") if name in parts}
    # Hours are time that passes, also where the clocks change; days and months are the calendar's.
    by_calendar = date + relativedelta(**calendar)
    return (by_calendar.astimezone(datetime.timezone.utc) + datetime.timedelta(**clock)).astimezone(date.tzinfo)


def start_of(date, unit):
    if unit == "week":
        date, unit = date - datetime.timedelta(days=date.weekday()), "day"
    below = UNITS[UNITS.index(unit) + 1 :]
    return date.replace(**{name: LOWEST.get(name, 0) for name in below})


def handle(inputs):
    zone = zone_of(inputs["timezone"])
    date = read(inputs["date"], inputs["input_format"], zone)
    try:
        if inputs["add"].strip():
            date = moved(date, inputs["add"])
    except OverflowError:
        raise ValueError(f"{inputs['add']!r} leads out of the calendar.") from None
    if inputs["start_of"] != "none":
        date = start_of(date, inputs["start_of"])
    result = {
        "text": date.strftime(inputs["output_format"]) if inputs["output_format"] else date.isoformat(),
        "iso": date.isoformat(),
        "epoch": date.timestamp(),
        "weekday": date.isoweekday(),
    }
    if inputs["other"].strip():
        result["difference_seconds"] = (
            read(inputs["other"], inputs["input_format"], zone).timestamp() - date.timestamp()
        )
    return result
