import ssl
import time

import certifi
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

LARGEST = 256 * 1024 * 1024 - 1


class MqttError(Exception):
    pass


def payload_of(inputs):
    if (inputs["file"] is None) == (inputs["message"] is None):
        raise ValueError("Give either a message or a file.")
    if inputs["message"] is not None:
        return inputs["message"].encode()
    with open(inputs["file"], "rb") as file:
        return file.read()


def check(topic, payload):
    if not topic or "+" in topic or "#" in topic or "\0" in topic or len(topic.encode()) > 65_535:
        raise ValueError(f"{topic!r} is not a topic to publish to: + and # are for subscribing.")
    if len(payload) > LARGEST:
        raise ValueError(f"The message has {len(payload)} bytes; MQTT carries at most {LARGEST}.")


def context_of(inputs):
    context = ssl.create_default_context(cafile=certifi.where())
    if inputs["ca_certificate"]:
        try:
            context.load_verify_locations(cadata=inputs["ca_certificate"])
        except (ssl.SSLError, ValueError) as error:
            raise ValueError(f"ca_certificate is not in PEM form: {error}.") from None
    return context


class Publishing:
    def __init__(self, inputs, payload):
        self.inputs, self.payload = inputs, payload
        self.place = f"{inputs['host']}:{inputs['port']}"
        self.deadline = time.monotonic() + inputs["timeout"]
        self.refusal, self.is_connected, self.is_done = None, False, False
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=inputs["client_id"])
        self.client.on_connect = self.connected
        self.client.on_publish = self.published
        if inputs["username"]:
            self.client.username_pw_set(inputs["username"], inputs["password"])
        if inputs["tls"]:
            self.client.tls_set_context(context_of(inputs))

    def connected(self, client, userdata, flags, reason, properties):
        if reason.is_failure:
            self.refusal = f"{self.place} refuses the connection: {reason}"
            return
        self.is_connected = True
        client.publish(self.inputs["topic"], self.payload, int(self.inputs["qos"]), self.inputs["retain"])

    def published(self, client, userdata, number, reason, properties):
        if reason.is_failure:
            self.refusal = f"{self.place} refuses the message: {reason}"
        self.is_done = True

    def run(self):
        try:
            self.client.connect_timeout = max(self.inputs["timeout"], 0.1)
            self.client.connect(self.inputs["host"], self.inputs["port"])
        except ssl.SSLError as error:
            raise MqttError(
                f"There is no safe connection to {self.place}: {getattr(error, 'verify_message', '') or error}"
            ) from None
        except TimeoutError:
            raise TimeoutError(f"{self.place} has not answered within {self.inputs['timeout']:g} s.") from None
        except OSError as error:
            raise MqttError(f"{self.place} cannot be reached: {error}") from None
        while not self.is_done and self.refusal is None:
            if time.monotonic() > self.deadline:
                what = "confirmed the message" if self.is_connected else "taken the connection"
                raise TimeoutError(f"{self.place} has not {what} within {self.inputs['timeout']:g} s.")
            code = self.client.loop(timeout=0.1)
            if code != mqtt.MQTT_ERR_SUCCESS and not self.is_done and self.refusal is None:
                what = "hung up" if self.is_connected else "hung up or cannot be reached"
                raise MqttError(f"{self.place} {what}: {mqtt.error_string(code)}")
        if self.refusal:
            raise MqttError(self.refusal)
        self.client.disconnect()


def handle(inputs):
    payload = payload_of(inputs)
    check(inputs["topic"], payload)
    Publishing(inputs, payload).run()
    print(f"{len(payload)} bytes to {inputs['topic']}")
    return {"size": len(payload)}
