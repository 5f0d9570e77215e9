from dataclasses import dataclass


@dataclass
class RyaxException(Exception):
    message: str
    code: int


def handle(inputs):
    code = inputs["code"]
    if not 400 <= code <= 599:
        raise ValueError(f"code must be from 400 to 599, not {code}.")
    if inputs["when"]:
        raise RyaxException(message=inputs["message"], code=code)
    return {"passed": True}
