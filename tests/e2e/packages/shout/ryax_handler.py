import time


def handle(inputs):
    print(f"INFO saying {len(inputs['text'])} characters")
    deadline = time.monotonic() + (inputs["seconds"] or 0)
    beat = 0
    while time.monotonic() < deadline:
        beat += 1
        print(f"INFO beat {beat}", flush=True)
        progress(beat / 200, f"beat {beat} of 200")
        time.sleep(min(0.25, max(0, deadline - time.monotonic())))
    if "please fail" in inputs["text"]:
        raise ValueError("it was asked to fail")
    return {"shouted": inputs["text"].upper()}
