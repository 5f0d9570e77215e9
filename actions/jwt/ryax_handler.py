import json
import time

import jwt

LEAST_SECRET_BYTES = 32


def claims_of(text):
    try:
        claims = json.loads(text)
    except ValueError as error:
        raise ValueError(f"claims is not JSON: {error}.") from None
    if not isinstance(claims, dict):
        raise ValueError("claims must be a JSON object.")
    return claims


def sign(inputs):
    claims, now = claims_of(inputs["claims"]), int(time.time())
    claims.setdefault("iat", now)
    if inputs["expires_in"] > 0:
        claims.setdefault("exp", now + inputs["expires_in"])
    for name, value in (("aud", inputs["audience"]), ("iss", inputs["issuer"])):
        if value:
            claims[name] = value
    try:
        token = jwt.encode(claims, inputs["key"], algorithm=inputs["algorithm"])
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise ValueError(f"The token cannot be signed: {error}") from None
    return {"token": token, "claims": json.dumps(claims), "valid": True, "reason": ""}


def verify(inputs):
    token = (inputs["token"] or "").strip()
    if not token:
        raise ValueError("Give the token that is to be verified.")
    if token.lower().startswith("bearer "):
        token = token[len("bearer ") :].strip()
    try:
        claims = jwt.decode(
            token,
            inputs["key"],
            # Only the named one: a token does not choose how it is checked.
            algorithms=[inputs["algorithm"]],
            audience=inputs["audience"] or None,
            issuer=inputs["issuer"] or None,
            leeway=inputs["leeway"],
            options={"verify_aud": bool(inputs["audience"])},
        )
    except (jwt.InvalidKeyError, ValueError) as error:
        raise ValueError(f"The key cannot be used: {error}") from None
    except jwt.InvalidTokenError as error:
        return {"claims": "{}", "valid": False, "reason": str(error)}
    return {"claims": json.dumps(claims), "valid": True, "reason": ""}


def handle(inputs):
    if not inputs["key"]:
        raise ValueError("The key is empty: whatever was to set it did not.")
    if inputs["algorithm"].startswith("HS") and len(inputs["key"].encode()) < LEAST_SECRET_BYTES:
        print(f"The secret is shorter than {LEAST_SECRET_BYTES} bytes, and can be guessed.")
    return sign(inputs) if inputs["operation"] == "sign" else verify(inputs)
