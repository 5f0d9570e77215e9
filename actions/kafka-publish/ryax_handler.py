import asyncio
import json

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from kafka import KafkaFailure, Reasons, connection_of


def body_of(inputs):
    if (inputs["file"] is None) == (inputs["message"] is None):
        raise ValueError("Give either a message or a file.")
    if inputs["message"] is not None:
        return inputs["message"].encode()
    with open(inputs["file"], "rb") as file:
        return file.read()


def headers_of(text):
    try:
        headers = json.loads(text or "{}")
    except ValueError as error:
        raise ValueError(f"headers is not JSON: {error}.") from None
    if not isinstance(headers, dict) or any(not isinstance(value, str) for value in headers.values()):
        raise ValueError("headers must be a JSON object of texts.")
    return [(name, value.encode()) for name, value in headers.items()]


async def handle(inputs):
    body, headers, key = body_of(inputs), headers_of(inputs["headers"]), inputs["key"].encode() or None
    if not inputs["topic"]:
        raise ValueError("topic must be given.")
    reasons, place = Reasons(), inputs["brokers"].strip()
    # What is sent again since its answer was lost is there once.
    producer = AIOKafkaProducer(
        **connection_of(inputs), enable_idempotence=True, max_request_size=max(1 << 20, len(body) + (1 << 16))
    )
    try:
        await asyncio.wait_for(producer.start(), inputs["timeout"])
        sent = await producer.send_and_wait(inputs["topic"], body, key=key, headers=headers)
    except asyncio.TimeoutError:
        raise TimeoutError(f"{place} has not answered in time. {reasons.last}".strip()) from None
    except (KafkaError, OSError) as error:
        raise KafkaFailure(f"{place} refuses or cannot be reached: {reasons.of(error)}") from None
    finally:
        await producer.stop()
    print(f"{len(body)} bytes to {sent.topic}/{sent.partition}/{sent.offset}")
    return {"partition": sent.partition, "offset": sent.offset}
