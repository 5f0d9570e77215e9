import json
import mimetypes
import os
import tempfile
import time
from email.message import Message
from urllib.parse import unquote, urlsplit

import httpx

LARGEST_TEXT = 8 * 1024 * 1024
MOST_REDIRECTS = 10
LONGEST_PAUSE = 30
PASSING = (429, 502, 503, 504)
REPEATABLE = ("GET", "HEAD", "PUT", "DELETE")


class HttpError(Exception):
    pass


def parse_object(name, text):
    try:
        value = json.loads(text or "{}")
    except ValueError as error:
        raise ValueError(f"{name} is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise ValueError(f"{name} must be a JSON object.")
    return value


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def pairs_of(name, text):
    """A list repeats its name, and what is null is left out."""
    for key, value in parse_object(name, text).items():
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                yield key, text_of(item)


def place_of(url):
    """An address as messages may show it: parameters and sign-ins can be secret."""
    parts = urlsplit(str(url))
    return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"


class Call:
    def __init__(self, inputs):
        self.inputs = inputs
        self.deadline = time.monotonic() + max(inputs["timeout"], 0.1)
        self.secret_headers = {}
        if inputs["token"]:
            self.secret_headers["authorization"] = f"Bearer {inputs['token']}"
        if inputs["api_key"]:
            self.secret_headers[inputs["api_key_header"]] = inputs["api_key"]
        self.file = None

    def remaining(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"{place_of(self.inputs['url'])} was not done after {self.inputs['timeout']:g} s.")
        return left

    def body(self):
        kind, text = self.inputs["body_type"], self.inputs["body"]
        if kind in ("file", "multipart") and self.inputs["file"] is None:
            raise ValueError(f"A body of the kind {kind} needs a file.")
        if kind == "none":
            return {}
        if kind == "json":
            try:
                json.loads(text)
            except ValueError as error:
                raise ValueError(f"The body is not JSON: {error}.") from None
            return {"content": text.encode(), "type": "application/json"}
        if kind == "text":
            return {"content": text.encode(), "type": "text/plain; charset=utf-8"}
        if kind == "form":
            data = {}
            for name, value in pairs_of("body", text):
                data.setdefault(name, []).append(value)
            return {"data": data}
        name = os.path.basename(self.inputs["file"])
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.file = open(self.inputs["file"], "rb")
        if kind == "file":
            return {"content": self.file, "type": guessed, "length": os.path.getsize(self.inputs["file"])}
        return {"data": dict(pairs_of("body", text)), "files": {"file": (name, self.file, guessed)}}

    def request(self, client):
        inputs, body = self.inputs, self.body()
        headers = {name.lower(): value for name, value in pairs_of("headers", inputs["headers"])}
        if "type" in body:
            headers.setdefault("content-type", body.pop("type"))
        if "length" in body:
            headers["content-length"] = str(body.pop("length"))
        headers.update({name.lower(): value for name, value in self.secret_headers.items()})
        try:
            url = httpx.URL(inputs["url"])
            if url.scheme not in ("http", "https") or not url.host:
                raise ValueError("it must begin with http:// or https://")
            parameters = list(pairs_of("query", inputs["query"]))
            for name, value in parameters:
                url = url.copy_add_param(name, value)
            return client.build_request(inputs["method"], url, headers=headers, **body)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise ValueError(f"The address or a header cannot be used: {error}.") from None

    def follow(self, client, request):
        auth = (
            httpx.BasicAuth(self.inputs["username"], self.inputs["password"] or "") if self.inputs["username"] else None
        )
        for _ in range(MOST_REDIRECTS + 1):
            left = self.remaining()
            request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)
            response = client.send(request, auth=auth, stream=True)
            if not response.is_redirect or not self.inputs["follow_redirects"] or response.next_request is None:
                return response
            response.close()
            previous, request = request, response.next_request
            if (previous.url.host, previous.url.port, previous.url.scheme) != (
                request.url.host,
                request.url.port,
                request.url.scheme,
            ):
                auth = None
                for name in ("authorization", "cookie", *self.secret_headers):
                    request.headers.pop(name, None)
        raise HttpError(f"{place_of(request.url)} redirects more than {MOST_REDIRECTS} times.")

    def pause(self, attempt, response):
        said = response.headers.get("retry-after", "") if response is not None else ""
        seconds = min(float(said) if said.isdigit() else 0.5 * 2**attempt, LONGEST_PAUSE)
        if seconds >= self.remaining():
            return False
        print(f"Trying again in {seconds:g} s.")
        time.sleep(seconds)
        return True

    def answered(self, client):
        """The answer that counts, tried for as often as allowed."""
        may_repeat = self.inputs["method"] in REPEATABLE
        for attempt in range(max(self.inputs["retries"], 0) + 1):
            is_last = attempt == max(self.inputs["retries"], 0)
            try:
                response = self.follow(client, self.request(client))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                print(f"{place_of(self.inputs['url'])} cannot be reached: {error}")
                if is_last or not self.pause(attempt, None):
                    raise HttpError(f"{place_of(self.inputs['url'])} cannot be reached: {error}") from None
                continue
            except httpx.TimeoutException:
                self.deadline = 0
                self.remaining()
            except httpx.TransportError as error:
                if not may_repeat or is_last or not self.pause(attempt, None):
                    raise HttpError(
                        f"{place_of(self.inputs['url'])} hung up or cannot be reached: {error or type(error).__name__}"
                    ) from None
                continue
            finally:
                if self.file is not None:
                    self.file.close()
            if response.status_code not in PASSING or not may_repeat or is_last:
                return response
            print(f"{place_of(response.url)} answered {response.status_code}.")
            if not self.pause(attempt, response):
                return response
            response.close()
        raise AssertionError("the last attempt returns or raises")

    def download(self, response, path):
        limit, size = self.inputs["max_megabytes"] << 20, 0
        try:
            with open(path, "wb") as target:
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > limit:
                        raise HttpError(f"The answer has more than {self.inputs['max_megabytes']} MiB.")
                    target.write(chunk)
                    self.remaining()
        except httpx.TimeoutException:
            self.deadline = 0
            self.remaining()
        except httpx.HTTPError as error:
            raise HttpError(f"{place_of(response.url)} broke off: {error or type(error).__name__}") from None
        return size


def file_name_of(response):
    header = Message()
    header["content-disposition"] = response.headers.get("content-disposition", "")
    try:
        named = header.get_filename()
    except (ValueError, UnicodeError):
        named = None
    name = os.path.basename((named or unquote(urlsplit(str(response.url)).path)).replace("\\", "/")).replace("\0", "")
    return name[:200] if name not in ("", ".", "..") else "answer"


def text_in(path, size, response):
    if size > LARGEST_TEXT:
        return None
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode(response.charset_encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return None
    return None if "\0" in text else text


def handle(inputs):
    call = Call(inputs)
    with httpx.Client(headers={"user-agent": "Millrace"}) as client:
        response = call.answered(client)
        path = os.path.join(tempfile.mkdtemp(dir="."), file_name_of(response))
        size = call.download(response, path)
        response.close()
    text = text_in(path, size, response)
    print(f"{inputs['method']} {place_of(response.url)}: {response.status_code}, {size} bytes")
    if response.status_code >= 400 and inputs["fail_on_error"]:
        said = " ".join((text or "").split())[:500]
        reason = f"{response.status_code} {response.reason_phrase}".strip()
        raise HttpError(f"{place_of(response.url)} answered {reason}{f': {said}' if said else ''}")
    return {
        "status": response.status_code,
        "body": text,
        "file": path,
        "headers": json.dumps(dict(response.headers), ensure_ascii=False),
        "content_type": response.headers.get("content-type", ""),
        "url": str(response.url),
    }
