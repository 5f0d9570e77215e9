import logging
import os
import ssl
import tempfile

import certifi


class KafkaFailure(Exception):
    pass


class Reasons(logging.Handler):
    """The library tells why it cannot connect in its log alone."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.last = ""
        logger = logging.getLogger("aiokafka")
        logger.handlers, logger.propagate = [self], False

    def emit(self, record):
        self.last = " ".join(record.getMessage().split())[:500]

    def of(self, error):
        said = f"{type(error).__name__} {error}".strip() if str(error) else type(error).__name__
        return f"{said}: {self.last}" if self.last and self.last not in said else said


def context_of(inputs):
    context = ssl.create_default_context(cafile=certifi.where())
    if inputs["ca_certificate"]:
        try:
            context.load_verify_locations(cadata=inputs["ca_certificate"])
        except (ssl.SSLError, ValueError) as error:
            raise ValueError(f"ca_certificate is not in PEM form: {error}.") from None
    if inputs["client_certificate"]:
        load_own(context, inputs["client_certificate"], inputs["client_key"] or "")
    return context


def load_own(context, certificate, key):
    # The library reads it from files alone.
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.write(f"{certificate.strip()}\n{key.strip()}\n")
    try:
        context.load_cert_chain(file.name)
    except (ssl.SSLError, ValueError):
        raise ValueError("client_certificate and client_key are not a certificate and its key in PEM form.") from None
    finally:
        os.remove(file.name)


def brokers_of(text):
    brokers = [broker.strip() for broker in text.split(",") if broker.strip()]
    if not brokers or any(not broker.rpartition(":")[2].isdigit() or ":" not in broker for broker in brokers):
        raise ValueError("brokers must be host:port, several of them separated by commas.")
    return brokers


def connection_of(inputs):
    """What consumers and producers are made with."""
    signs_in = inputs["mechanism"] != "none"
    protocol = ("SASL_" if signs_in else "") + ("SSL" if inputs["tls"] else "PLAINTEXT")
    settings = {
        "bootstrap_servers": brokers_of(inputs["brokers"]),
        "client_id": "millrace",
        "request_timeout_ms": max(1000, int(inputs["timeout"] * 1000)),
        "security_protocol": protocol,
    }
    if inputs["tls"]:
        settings["ssl_context"] = context_of(inputs)
    if signs_in:
        if not inputs["username"] or not inputs["password"]:
            raise ValueError(f"{inputs['mechanism']} needs username and password.")
        settings["sasl_mechanism"] = inputs["mechanism"]
        settings["sasl_plain_username"] = inputs["username"]
        settings["sasl_plain_password"] = inputs["password"]
    return settings
