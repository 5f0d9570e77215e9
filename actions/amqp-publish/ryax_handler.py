import json
import socket
import ssl
from urllib.parse import urlsplit

import certifi
import pika
from pika.exceptions import AMQPError, ChannelClosedByBroker, NackError, UnroutableError


class AmqpFailure(Exception):
    pass


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
    if not isinstance(headers, dict):
        raise ValueError("headers must be a JSON object.")
    return headers or None


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


def handle(inputs):
    body = body_of(inputs)
    properties = pika.BasicProperties(
        content_type=inputs["content_type"] or None,
        headers=headers_of(inputs["headers"]),
        delivery_mode=2 if inputs["persistent"] else 1,
        message_id=inputs["message_id"] or None,
        correlation_id=inputs["correlation_id"] or None,
        reply_to=inputs["reply_to"] or None,
        expiration=str(inputs["expires_ms"]) if inputs["expires_ms"] > 0 else None,
    )
    parameters, place = parameters_of(inputs)
    try:
        # Before pika opens sockets of its own, which a sandbox without a network forbids with fewer words.
        socket.getaddrinfo(parameters.host, parameters.port)
        connection = pika.BlockingConnection(parameters)
    except (AMQPError, OSError) as error:
        raise AmqpFailure(f"{place} does not take the connection: {reason_of(error)}") from None
    try:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.basic_publish(
            inputs["exchange"], inputs["routing_key"], body, properties=properties, mandatory=inputs["mandatory"]
        )
    except UnroutableError:
        raise AmqpFailure(
            f"No queue takes {inputs['routing_key']!r} from the exchange {inputs['exchange']!r}."
        ) from None
    except NackError:
        raise AmqpFailure(f"{place} has not kept the message.") from None
    except ChannelClosedByBroker as error:
        raise AmqpFailure(f"{place} refuses the message: {error.reply_text}") from None
    except (AMQPError, OSError) as error:
        raise AmqpFailure(f"{place} failed: {reason_of(error)}") from None
    finally:
        if connection.is_open:
            connection.close()
    print(f"{len(body)} bytes to {inputs['exchange'] or 'the queue'} {inputs['routing_key']}")
    return {"size": len(body)}
