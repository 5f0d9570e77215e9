import json
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


def described(entry):
    return {
        "key": entry.object_name,
        "size": entry.size or 0,
        "modified": entry.last_modified.isoformat() if entry.last_modified else None,
        "etag": (entry.etag or "").strip('"'),
        "folder": entry.is_dir,
    }


def handle(inputs):
    if inputs["limit"] < 1:
        raise ValueError("limit must be at least 1.")
    items, more = [], False
    try:
        found = client_of(inputs).list_objects(
            inputs["bucket"],
            prefix=inputs["prefix"] or None,
            recursive=inputs["recursive"],
            start_after=inputs["after"] or None,
        )
        for entry in found:
            if len(items) == inputs["limit"]:
                more = True
                break
            items.append(described(entry))
    except FAILURES as error:
        raise explained(error, inputs) from None
    return {"items": json.dumps(items, ensure_ascii=False), "count": len(items), "more": more}
