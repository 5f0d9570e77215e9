import time

LONGEST_SECONDS = 600


def handle(inputs):
    seconds = inputs["seconds"]
    if not 0 <= seconds <= LONGEST_SECONDS:
        raise ValueError(f"seconds must be between 0 and {LONGEST_SECONDS}, not {seconds:g}.")
    started = time.monotonic()
    time.sleep(seconds)
    return {"seconds": round(time.monotonic() - started, 3)}
