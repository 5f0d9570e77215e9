import json
import time

import httpx

TRIES = 4
LONGEST_PAUSE = 30


class ModelError(Exception):
    pass


def parse(name, text, kind):
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{name} is not JSON: {error}.") from None
    if not isinstance(value, kind):
        raise ValueError(f"{name} must be a JSON {'list' if kind is list else 'object'}.")
    return value


def messages_of(inputs):
    history = parse("history", inputs["history"] or "[]", list)
    if not all(isinstance(message, dict) and {"role", "content"} <= set(message) for message in history):
        raise ValueError("Each message of the history needs a role and a content.")
    system = [{"role": "system", "content": inputs["system"]}] if inputs["system"] else []
    return [*system, *history, {"role": "user", "content": inputs["prompt"]}]


def request_of(inputs):
    request = {
        **parse("options", inputs["options"] or "{}", dict),
        "model": inputs["model"],
        "messages": messages_of(inputs),
    }
    for name in ("temperature", "max_tokens"):
        if inputs[name] is not None:
            request[name] = inputs[name]
    if inputs["answer_as"] == "json":
        schema = parse("schema", inputs["schema"], dict) if inputs["schema"].strip() else None
        request["response_format"] = (
            {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}
            if schema
            else {"type": "json_object"}
        )
    return request


def message_of(answer):
    try:
        error = answer.json().get("error")
        return error.get("message") if isinstance(error, dict) else str(error or answer.json())
    except (ValueError, AttributeError):
        return answer.text


def ask(url, headers, request, timeout):
    deadline = time.monotonic() + timeout
    for attempt in range(TRIES):
        try:
            answer = httpx.post(url, json=request, headers=headers, timeout=max(deadline - time.monotonic(), 0.1))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise ValueError("base_url is not an address that begins with http:// or https://.") from None
        except httpx.TimeoutException:
            raise TimeoutError(f"The model has not answered within {timeout:g} s.") from None
        except httpx.TransportError as error:
            raise ModelError(f"{url} cannot be reached: {error}") from None
        if answer.status_code != 429 and answer.status_code < 500:
            return answer
        said = answer.headers.get("retry-after", "")
        pause = min(float(said) if said.replace(".", "", 1).isdigit() else 2.0**attempt, LONGEST_PAUSE)
        if attempt == TRIES - 1 or time.monotonic() + pause > deadline:
            return answer
        print(f"The server answered {answer.status_code}; trying again in {pause:g} s.")
        time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def handle(inputs):
    url = inputs["base_url"].strip().rstrip("/") + "/chat/completions"
    headers = {"authorization": f"Bearer {inputs['api_key']}"} if inputs["api_key"] else {}
    answer = ask(url, headers, request_of(inputs), inputs["timeout"])
    if answer.status_code >= 300:
        raise ModelError(
            f"The server refused with {answer.status_code}: {' '.join(str(message_of(answer)).split())[:500]}"
        )
    try:
        document = answer.json()
        choice = document["choices"][0]
        text, refusal = choice["message"].get("content"), choice["message"].get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ModelError(f"{url} does not answer as an OpenAI-compatible server: {answer.text[:300]}") from None
    if refusal:
        raise ModelError(f"The model refused: {refusal}")
    text, reason = text or "", choice.get("finish_reason") or "stop"
    if inputs["answer_as"] == "json":
        try:
            json.loads(text)
        except ValueError:
            cut = " It was cut at max_tokens." if reason == "length" else ""
            raise ModelError(f"The answer is not JSON.{cut} It begins: {text[:200]}") from None
    usage = document.get("usage") or {}
    return {
        "text": text,
        "finish_reason": reason,
        "model": document.get("model") or inputs["model"],
        "prompt_tokens": usage.get("prompt_tokens") or 0,
        "completion_tokens": usage.get("completion_tokens") or 0,
    }
