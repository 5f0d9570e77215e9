import asyncio
import json

import certifi
import redis
import redis.asyncio

BATCH = 16
CONSUMER = "millrace"
WAIT_MS = 5_000


class StreamError(Exception):
    pass


def client_of(inputs):
    options = {"socket_timeout": inputs["timeout"] + WAIT_MS / 1000, "socket_connect_timeout": inputs["timeout"]}
    url = inputs["url"].strip()
    if url.startswith("rediss://"):
        options["ssl_ca_certs"] = certifi.where()
        if inputs["ca_certificate"]:
            options["ssl_ca_data"] = inputs["ca_certificate"]
    try:
        return redis.asyncio.Redis.from_url(url, **options)
    except ValueError:
        # Without the address itself, which is a secret.
        raise ValueError("url is not an address such as redis://:password@host:6379/0.") from None


def text_of(value):
    return value.decode("utf-8", "replace")


async def ensure_group(client, inputs):
    first = "0" if inputs["start"] == "beginning" else "$"
    try:
        await client.xgroup_create(inputs["stream"], inputs["group"], id=first, mkstream=True)
    except redis.ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):
            raise


class Stream:
    def __init__(self, client, service, inputs):
        self.client, self.service = client, service
        self.name, self.group = inputs["stream"], inputs["group"]

    async def take(self, entries):
        """Told to the server only once each is a run that lasts, or was refused as what can be none."""
        taken = [(number, self.create(number, fields or {})) for number, fields in entries]
        for number, created in taken:
            try:
                await created
            except self.service.RunRefused as error:
                print(f"{self.name} {text_of(number)} was refused: {error}")
            await self.client.xack(self.name, self.group, number)

    def create(self, number, fields):
        plain = {text_of(name): text_of(value) for name, value in fields.items()}
        data = {"stream": self.name, "id": text_of(number), "fields": json.dumps(plain, ensure_ascii=False)}
        return self.service.create_run(data, identity=f"{self.name} {text_of(number)}")

    async def take_over(self):
        """What was given to an earlier start, by whatever name, and never acknowledged."""
        place = "0-0"
        while True:
            place, entries, *_ = await self.client.xautoclaim(
                self.name, self.group, CONSUMER, min_idle_time=0, start_id=place, count=BATCH
            )
            # What was deleted meanwhile comes without its fields.
            await self.take([entry for entry in entries if entry[0] is not None])
            if place == b"0-0":
                return

    async def listen(self):
        while True:
            answer = await self.client.xreadgroup(
                self.group, CONSUMER, {self.name: ">"}, count=BATCH, block=WAIT_MS
            )
            for _, entries in answer or []:
                await self.take(entries)


async def run(service, inputs):
    if not inputs["stream"] or not inputs["group"]:
        raise ValueError("stream and group must be given.")
    client = client_of(inputs)
    settings = client.connection_pool.connection_kwargs
    place = f"{settings.get('host', 'localhost')}:{settings.get('port', 6379)}"
    stream = Stream(client, service, inputs)
    try:
        await ensure_group(client, inputs)
        print(f"Listening to {inputs['stream']} at {place}")
        await stream.take_over()
        await stream.listen()
    except redis.AuthenticationError as error:
        raise StreamError(f"{place} does not accept the sign-in: {error}") from None
    except redis.TimeoutError:
        raise StreamError(f"{place} has not answered within {inputs['timeout']:g} s.") from None
    except redis.ConnectionError as error:
        raise StreamError(f"{place} cannot be reached: {error}") from None
    except redis.RedisError as error:
        raise StreamError(f"{place} refuses: {error}") from None
    finally:
        await asyncio.shield(client.aclose())
