import datetime
import json
import mimetypes
import os
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

import certifi
import urllib3
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError


class StorageError(Exception):
    pass


def client_of(inputs):
    parts = urlsplit(inputs["endpoint"].strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("endpoint must be an address such as https://s3.amazonaws.com, without a path.")
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=10, read=inputs["timeout"]),
        retries=urllib3.Retry(total=3, backoff_factor=0.5, status_forcelist=[500, 502, 503, 504]),
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )
    return Minio(
        parts.netloc,
        access_key=inputs["access_key"],
        secret_key=inputs["secret_key"],
        region=inputs["region"] or None,
        secure=parts.scheme == "https",
        http_client=pool,
    )


def explained(error, inputs):
    """A failure in words, whatever the library makes of it."""
    if isinstance(error, S3Error):
        return StorageError(f"{inputs['bucket']}: {error.message or error.code} ({error.code})")
    if isinstance(error, (ServerError, InvalidResponseError, ParseError)):
        return StorageError(f"{inputs['endpoint']} does not answer as an S3 server: {str(error)[:300]}")
    reason = getattr(error, "reason", None) or error
    return StorageError(f"{inputs['endpoint']} cannot be reached: {reason}")


FAILURES = (S3Error, ServerError, InvalidResponseError, ParseError, urllib3.exceptions.HTTPError)


LONGEST_LINK = 7 * 24 * 3600


def files_of(inputs):
    key = inputs["key"].lstrip("/")
    if inputs["file"]:
        yield inputs["file"], key + os.path.basename(inputs["file"]) if key == "" or key.endswith("/") else key
        return
    prefix = key if key == "" or key.endswith("/") else key + "/"
    for folder, folders, names in os.walk(inputs["folder"]):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            yield path, prefix + os.path.relpath(path, inputs["folder"]).replace(os.sep, "/")


def metadata_of(text):
    try:
        metadata = json.loads(text or "{}")
    except ValueError as error:
        raise ValueError(f"metadata is not JSON: {error}.") from None
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise ValueError("metadata must be a JSON object of texts.")
    return metadata


def handle(inputs):
    if bool(inputs["file"]) == bool(inputs["folder"]):
        raise ValueError("Give either a file or a folder.")
    if not 0 <= inputs["link_seconds"] <= LONGEST_LINK:
        raise ValueError(f"link_seconds must be from 0 to {LONGEST_LINK}.")
    client, metadata = client_of(inputs), metadata_of(inputs["metadata"])
    keys, size, etag, link = [], 0, "", None
    try:
        for path, key in files_of(inputs):
            guessed = inputs["content_type"] or mimetypes.guess_type(path)[0] or "application/octet-stream"
            stored = client.fput_object(inputs["bucket"], key, path, content_type=guessed, metadata=metadata)
            keys.append(key)
            size += os.path.getsize(path)
            etag = stored.etag if inputs["file"] else ""
            print(f"{inputs['bucket']}/{key}: {os.path.getsize(path)} bytes")
        if inputs["link_seconds"] and inputs["file"]:
            expires = datetime.timedelta(seconds=inputs["link_seconds"])
            link = client.presigned_get_object(inputs["bucket"], keys[0], expires=expires)
    except FAILURES as error:
        raise explained(error, inputs) from None
    return {"keys": json.dumps(keys, ensure_ascii=False), "count": len(keys), "size": size, "etag": etag, "link": link}
