import json
import os
import tempfile
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


USER_METADATA = "x-amz-meta-"


def handle(inputs):
    client, version = client_of(inputs), inputs["version_id"] or None
    key = inputs["key"].lstrip("/")
    try:
        status = client.stat_object(inputs["bucket"], key, version_id=version)
        if status.size > inputs["max_megabytes"] << 20:
            raise StorageError(f"{key} has {status.size} bytes; at most {inputs['max_megabytes']} MiB are fetched.")
        path = os.path.join(tempfile.mkdtemp(dir="."), os.path.basename(key.rstrip("/")) or "file")
        client.fget_object(inputs["bucket"], key, path, version_id=version)
    except S3Error as error:
        # The answer to a HEAD has no body, and so no code of its own.
        if error.code in ("NoSuchKey", "ResourceNotFound") and inputs["missing_is_empty"]:
            return {"found": False, "size": 0, "content_type": "", "modified": "", "metadata": "{}"}
        raise explained(error, inputs) from None
    except FAILURES as error:
        raise explained(error, inputs) from None
    headers = {name.lower(): value for name, value in (status.metadata or {}).items()}
    metadata = {name[len(USER_METADATA) :]: value for name, value in headers.items() if name.startswith(USER_METADATA)}
    return {
        "file": path,
        "found": True,
        "size": os.path.getsize(path),
        "content_type": status.content_type or "",
        "modified": status.last_modified.isoformat() if status.last_modified else "",
        "metadata": json.dumps(metadata, ensure_ascii=False),
    }
