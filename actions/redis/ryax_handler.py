import certifi
import redis

ADDED = """
local existed = redis.call('exists', KEYS[1])
local result = redis.call(ARGV[1], KEYS[1], ARGV[2])
if existed == 0 and tonumber(ARGV[3]) > 0 then redis.call('pexpire', KEYS[1], ARGV[3]) end
return {existed, tostring(result)}
"""


class RedisFailure(Exception):
    pass


def client_of(inputs):
    options = {"socket_timeout": inputs["timeout"], "socket_connect_timeout": inputs["timeout"]}
    url = inputs["url"].strip()
    if url.startswith("rediss://"):
        options["ssl_ca_certs"] = certifi.where()
        if inputs["ca_certificate"]:
            options["ssl_ca_data"] = inputs["ca_certificate"]
    try:
        return redis.Redis.from_url(url, **options)
    except ValueError:
        # Without the address itself, which is a secret.
        raise ValueError("url is not an address such as redis://:password@host:6379/0.") from None


def text_of(value):
    if value is None:
        return None
    try:
        return value.decode() if isinstance(value, bytes) else str(value)
    except UnicodeDecodeError:
        raise RedisFailure("The value is not a text in UTF-8.") from None


def value_of(inputs):
    if inputs["value"] is None:
        raise ValueError(f"{inputs['operation']} needs a value.")
    return inputs["value"]


def added(client, command, key, value, milliseconds):
    existed, result = client.eval(ADDED, 1, key, command, value, milliseconds)
    return bool(existed), int(result)


def run(client, inputs):
    operation, key, milliseconds = inputs["operation"], inputs["key"], int(inputs["expires_in"] * 1000)
    if operation == "get":
        value = client.get(key)
        return {"value": text_of(value), "found": value is not None, "number": 0}
    if operation == "pop":
        value = client.lpop(key)
        return {"value": text_of(value), "found": value is not None, "number": client.llen(key)}
    if operation == "delete":
        number = client.delete(key)
        return {"value": None, "found": number > 0, "number": number}
    if operation == "increment":
        by = inputs["value"] or "1"
        if not by.lstrip("-").isdigit():
            raise ValueError(f"{by!r} is not a whole number to add.")
        found, number = added(client, "incrby", key, by, milliseconds)
        return {"value": str(number), "found": found, "number": number}
    value = value_of(inputs)
    if operation == "push":
        found, number = added(client, "rpush", key, value, milliseconds)
        return {"value": value, "found": found, "number": number}
    if operation == "publish":
        return {"value": value, "found": True, "number": client.publish(key, value)}
    expiry = {"px": milliseconds} if milliseconds > 0 else {}
    if operation == "set":
        existed = client.exists(key)
        client.set(key, value, **expiry)
        return {"value": value, "found": bool(existed), "number": 0}
    was_set = bool(client.set(key, value, nx=True, **expiry))
    return {"value": value if was_set else text_of(client.get(key)), "found": was_set, "number": 0}


def handle(inputs):
    if not inputs["key"]:
        raise ValueError("There is no key.")
    client = client_of(inputs)
    settings = client.connection_pool.connection_kwargs
    place = f"{settings.get('host', 'localhost')}:{settings.get('port', 6379)}"
    try:
        return run(client, inputs)
    except redis.AuthenticationError as error:
        raise RedisFailure(f"{place} does not accept the sign-in: {error}") from None
    except redis.TimeoutError:
        raise TimeoutError(f"{place} has not answered within {inputs['timeout']:g} s.") from None
    except redis.ConnectionError as error:
        raise RedisFailure(f"{place} cannot be reached: {error}") from None
    except redis.RedisError as error:
        raise RedisFailure(f"{place} refuses: {error}") from None
    finally:
        client.close()
