URGENT = {"critical", "fatal", "emergency", "p1"}


def handle(inputs):
    severity = inputs["severity"].strip().lower()
    urgent = severity in URGENT
    first_line = inputs["message"].strip().splitlines()[0] if inputs["message"].strip() else "no message"
    headline = f"[{severity or 'unknown'}] {inputs['service']}: {first_line}"
    print("wakes somebody:" if urgent else "can wait:", headline)
    return {"wakes_somebody": urgent, "headline": headline}
