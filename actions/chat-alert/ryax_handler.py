import json
import time

import httpx

COLOURS = {"info": "#3b82d6", "success": "#2e9e5b", "warning": "#d98a2b", "error": "#cc3d3d"}
LONGEST_TEXT = {"slack": 39_000, "mattermost": 16_000, "discord": 4_000, "teams": 20_000}
TRIES = 4


class ChatError(Exception):
    pass


def fields_of(text):
    try:
        fields = json.loads(text or "{}")
    except ValueError as error:
        raise ValueError(f"fields is not JSON: {error}.") from None
    if not isinstance(fields, dict):
        raise ValueError("fields must be a JSON object.")
    return {
        str(name): value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in fields.items()
    }


def for_slack(title, text, level, fields):
    attachment = {"color": COLOURS[level], "fallback": title or text[:200], "text": text, "mrkdwn_in": ["text"]}
    if title:
        attachment["title"] = title
    attachment["fields"] = [{"title": name, "value": value, "short": len(value) < 40} for name, value in fields.items()]
    return {"attachments": [attachment]}


def for_discord(title, text, level, fields):
    embed = {"description": text, "color": int(COLOURS[level][1:], 16)}
    if title:
        embed["title"] = title[:256]
    embed["fields"] = [
        {"name": name[:256], "value": value[:1024] or "–", "inline": len(value) < 40}
        for name, value in list(fields.items())[:25]
    ]
    # A text that mentions everybody wakes everybody.
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def for_teams(title, text, level, fields):
    styles = {"info": "accent", "success": "good", "warning": "warning", "error": "attention"}
    body = [{"type": "TextBlock", "text": text, "wrap": True}]
    if title:
        body.insert(
            0,
            {
                "type": "TextBlock",
                "text": title,
                "weight": "bolder",
                "size": "medium",
                "color": styles[level],
                "wrap": True,
            },
        )
    if fields:
        body.append({"type": "FactSet", "facts": [{"title": name, "value": value} for name, value in fields.items()]})
    card = {
        "type": "AdaptiveCard",
        "version": "1.4",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "body": body,
    }
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


FORMS = {"slack": for_slack, "mattermost": for_slack, "discord": for_discord, "teams": for_teams}


def post(client, url, message, deadline):
    for attempt in range(TRIES):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            answer = client.post(url, json=message, timeout=left)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise ValueError("webhook_url is not an address that begins with https://.") from None
        except httpx.TimeoutException:
            break
        except httpx.TransportError as error:
            # The address is a secret, and some errors could repeat it.
            reason = str(error).replace(url, "…") or type(error).__name__
            raise ChatError(f"The chat hung up or cannot be reached: {reason}") from None
        if answer.status_code != 429 and answer.status_code < 500:
            return answer
        said = answer.headers.get("retry-after", "")
        pause = float(said) if said.replace(".", "", 1).isdigit() else 2.0**attempt
        if attempt == TRIES - 1 or time.monotonic() + pause > deadline:
            return answer
        print(f"The chat answered {answer.status_code}; trying again in {pause:g} s.")
        time.sleep(pause)
    raise TimeoutError("The chat has not answered within the time limit.")


def handle(inputs):
    service, text = inputs["service"], inputs["text"]
    if len(text) > LONGEST_TEXT[service]:
        print(f"The text has {len(text)} characters and is cut to {LONGEST_TEXT[service]}.")
        text = text[: LONGEST_TEXT[service] - 1] + "…"
    message = FORMS[service](inputs["title"], text, inputs["level"], fields_of(inputs["fields"]))
    with httpx.Client() as client:
        answer = post(client, inputs["webhook_url"].strip(), message, time.monotonic() + inputs["timeout"])
    if answer.status_code >= 300:
        raise ChatError(f"The chat refused the message with {answer.status_code}: {answer.text[:300]}")
    return {"status": answer.status_code}
