import asyncio
import base64
import collections
import json
import socket
import ssl
import threading
from urllib.parse import urlsplit

import certifi
import pika
from pika.exceptions import AMQPError, ChannelClosedByBroker

WINDOW = 16
LOOK_SECONDS = 0.05


class AmqpFailure(Exception):
    pass


def parameters_of(inputs):
    parts = urlsplit(inputs["url"].strip())
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
        # Without the address itself, which is a secret.
        raise ValueError("url is not an address such as amqp://user:password@host:5672/vhost.")
    try:
        parameters = pika.URLParameters(inputs["url"].strip())
    except (ValueError, TypeError):
        raise ValueError("url has options that are not known.") from None
    parameters.socket_timeout = parameters.stack_timeout = parameters.blocked_connection_timeout = inputs["timeout"]
    parameters.connection_attempts = 1
    if parts.scheme == "amqps":
        context = ssl.create_default_context(cafile=certifi.where())
        if inputs["ca_certificate"]:
            try:
                context.load_verify_locations(cadata=inputs["ca_certificate"])
            except (ssl.SSLError, ValueError) as error:
                raise ValueError(f"ca_certificate is not in PEM form: {error}.") from None
        parameters.ssl_options = pika.SSLOptions(context, parts.hostname)
    return parameters, f"{parts.hostname}:{port or parameters.port}"


def reason_of(error):
    while getattr(error, "args", None) and isinstance(error.args[0], BaseException):
        error = error.args[0]
    nested = getattr(error, "exceptions", None) or getattr(error, "exception", None)
    if nested:
        return reason_of(nested[0] if isinstance(nested, (list, tuple)) else nested)
    said = getattr(error, "reply_text", None) or " ".join(str(part) for part in getattr(error, "args", ()))
    return said or type(error).__name__


def plain(value):
    """Nobody checks that names and values are text in UTF-8: what is none is written so that no two look the same."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "backslashreplace")
    if isinstance(value, dict):
        return {plain(name): plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def outputs_of(method, properties, body):
    try:
        text, encoding = body.decode(), "text"
    except UnicodeDecodeError:
        text, encoding = base64.b64encode(body).decode(), "base64"
    headers = json.dumps(plain(properties.headers or {}), default=str, ensure_ascii=False)
    return {
        "message": text,
        "encoding": encoding,
        "routing_key": plain(method.routing_key),
        "content_type": plain(properties.content_type or ""),
        "message_id": plain(properties.message_id or ""),
        "headers": headers,
    }


class Consumer:
    """Reads in a thread of its own, which also keeps the connection alive while runs are waited for."""

    def __init__(self, service, inputs, loop):
        self.service, self.inputs, self.loop = service, inputs, loop
        self.parameters, self.place = parameters_of(inputs)
        self.stopping = threading.Event()

    def create(self, method, properties, body):
        async def created():
            outputs = outputs_of(method, properties, body)
            await self.service.create_run(outputs, identity=outputs["message_id"] or None)

        return asyncio.run_coroutine_threadsafe(created(), self.loop)

    def settle(self, channel, tag, created):
        try:
            created.result()
            channel.basic_ack(tag)
        except self.service.RunRefused as error:
            print(f"Message {tag} of {self.inputs['queue']} was refused: {error}")
            # The broker has a place for such messages where the queue names one, and else lets it go.
            channel.basic_reject(tag, requeue=False)

    def consume(self, channel):
        waiting = collections.deque()
        for method, properties, body in channel.consume(self.inputs["queue"], inactivity_timeout=LOOK_SECONDS):
            if method is not None:
                waiting.append((method.delivery_tag, self.create(method, properties, body)))
            # In order, each only once it is a run that lasts.
            while waiting and waiting[0][1].done():
                self.settle(channel, *waiting.popleft())
            if self.stopping.is_set():
                return

    def run(self):
        connection = None
        try:
            connection = pika.BlockingConnection(self.parameters)
            channel = connection.channel()
            channel.basic_qos(prefetch_count=WINDOW)
            channel.queue_declare(self.inputs["queue"], passive=True)
            print(f"Listening to {self.inputs['queue']} at {self.place}")
            self.consume(channel)
        except ChannelClosedByBroker as error:
            raise AmqpFailure(f"{self.place} refuses: {error.reply_text}") from None
        except (AMQPError, OSError, socket.gaierror) as error:
            raise AmqpFailure(f"{self.place} cannot be reached or hung up: {reason_of(error)}") from None
        finally:
            if connection is not None and connection.is_open:
                connection.close()


async def run(service, inputs):
    consumer = Consumer(service, inputs, asyncio.get_running_loop())
    reading = asyncio.ensure_future(asyncio.to_thread(consumer.run))
    try:
        await asyncio.shield(reading)
    finally:
        consumer.stopping.set()
        if not reading.done():
            await asyncio.wait([reading])
