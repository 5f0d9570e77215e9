import asyncio
import base64
import hashlib
import ssl
import uuid

import certifi
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

WINDOW = 16
KEEP_ALIVE = 30
HALF_OF_NUMBERS = 32_768


class MqttError(Exception):
    pass


def context_of(inputs):
    context = ssl.create_default_context(cafile=certifi.where())
    if inputs["ca_certificate"]:
        try:
            context.load_verify_locations(cadata=inputs["ca_certificate"])
        except (ssl.SSLError, ValueError) as error:
            raise ValueError(f"ca_certificate is not in PEM form: {error}.") from None
    return context


class Numbering:
    """Brokers number what they send within a session, and begin again after 65535: counting the rounds makes one number
    of both, which is the same when a message comes again."""

    def __init__(self, service, round_number, last):
        self.service, self.round, self.last = service, round_number, last

    @classmethod
    async def load(cls, service):
        known = await service.get_cursor("round", 0)
        return cls(service, known, 0)

    async def begin_session(self):
        self.round, self.last = self.round + 1, 0
        await self.service.set_cursor("round", self.round)

    async def identity_of(self, message):
        number, was_sent_before = message.mid, message.dup
        if number + HALF_OF_NUMBERS < self.last and not was_sent_before:
            await self.begin_session()
        is_of_round_before = was_sent_before and 0 < self.last < number - HALF_OF_NUMBERS
        if not was_sent_before:
            self.last = number
        digest = hashlib.sha256(message.topic.encode() + b"\0" + message.payload).hexdigest()[:16]
        return f"{self.round - is_of_round_before}/{number} {digest}"


class Listening:
    def __init__(self, service, inputs, client_id, loop):
        self.service, self.inputs, self.loop = service, inputs, loop
        self.place = f"{inputs['host']}:{inputs['port']}"
        self.is_five = inputs["version"] == "5"
        self.incoming = asyncio.Queue()
        self.failed = loop.create_future()
        session = {} if self.is_five else {"clean_session": False}
        protocol = mqtt.MQTTv5 if self.is_five else mqtt.MQTTv311
        self.client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=client_id, protocol=protocol, manual_ack=True, **session
        )
        self.client.on_connect = self.connected
        self.client.on_subscribe = self.subscribed
        self.client.on_message = lambda client, userdata, message: self.tell(self.incoming.put_nowait, message)
        self.client.on_disconnect = self.disconnected
        if inputs["username"]:
            self.client.username_pw_set(inputs["username"], inputs["password"])
        if inputs["tls"]:
            self.client.tls_set_context(context_of(inputs))

    def tell(self, function, *arguments):
        """The client has a thread of its own."""
        self.loop.call_soon_threadsafe(function, *arguments)

    def fail(self, message):
        def set_failed():
            if not self.failed.done():
                self.failed.set_exception(MqttError(message))

        self.tell(set_failed)

    def connected(self, client, userdata, flags, reason, properties):
        if reason.is_failure:
            return self.fail(f"{self.place} refuses the connection: {reason}")
        if not flags.session_present:
            # Its numbers begin anew, too.
            self.tell(self.incoming.put_nowait, None)
        qos = int(self.inputs["qos"])
        # What is retained was sent before anybody listened: it comes where the subscription is new, and only then.
        options = SubscribeOptions(qos=qos, retainHandling=1) if self.is_five else None
        topics = [topic.strip() for topic in self.inputs["topics"].splitlines() if topic.strip()]
        client.subscribe([(topic, options if self.is_five else qos) for topic in topics])

    def subscribed(self, client, userdata, number, reasons, properties):
        refused = [str(reason) for reason in reasons if reason.is_failure]
        if refused:
            return self.fail(f"{self.place} refuses the subscription: {', '.join(refused)}")
        self.tell(print, f"Subscribed at {self.place}")

    def disconnected(self, client, userdata, flags, reason, properties):
        self.fail(f"{self.place} hung up: {reason}")

    def connect(self):
        five = {}
        if self.is_five:
            properties = Properties(PacketTypes.CONNECT)
            properties.SessionExpiryInterval = int(self.inputs["session_hours"] * 3600)
            properties.ReceiveMaximum = WINDOW
            five = {"clean_start": False, "properties": properties}
        try:
            self.client.connect_timeout = max(self.inputs["timeout"], 0.1)
            self.client.connect(self.inputs["host"], self.inputs["port"], KEEP_ALIVE, **five)
        except ssl.SSLError as error:
            reason = getattr(error, "verify_message", "") or error
            raise MqttError(f"There is no safe connection to {self.place}: {reason}") from None
        except TimeoutError:
            raise MqttError(f"{self.place} has not answered within {self.inputs['timeout']:g} s.") from None
        except OSError as error:
            raise MqttError(f"{self.place} cannot be reached: {error}") from None
        self.client.loop_start()

    async def take(self, numbering, taken):
        """Asks for runs in the order of the messages; at most so many at a time wait to be durable."""
        while True:
            message = await self.incoming.get()
            if message is None:
                await numbering.begin_session()
                continue
            identity = await numbering.identity_of(message) if message.qos else uuid.uuid4().hex
            await taken.put((message, self.service.create_run(outputs_of(message), identity=identity)))

    async def acknowledge(self, taken):
        """In the order of the messages, as MQTT wants it, those that were refused as what can be no run included."""
        while True:
            message, created = await taken.get()
            try:
                await created
            except self.service.RunRefused as error:
                print(f"A message of {message.topic} was refused: {error}")
            if message.qos:
                self.client.ack(message.mid, message.qos)

    async def run(self):
        numbering = await Numbering.load(self.service)
        taken = asyncio.Queue(WINDOW)
        tasks = [asyncio.ensure_future(work) for work in (self.take(numbering, taken), self.acknowledge(taken))]
        try:
            await self.loop.run_in_executor(None, self.connect)
            done, _ = await asyncio.wait([*tasks, self.failed], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            self.client.on_disconnect = None
            self.client.disconnect()
            self.client.loop_stop()


def outputs_of(message):
    try:
        text, encoding = message.payload.decode(), "text"
    except UnicodeDecodeError:
        text, encoding = base64.b64encode(message.payload).decode(), "base64"
    return {"message": text, "encoding": encoding, "topic": message.topic, "retained": bool(message.retain)}


async def run(service, inputs):
    if not inputs["topics"].strip():
        raise ValueError("There is no topic to subscribe to.")
    client_id = inputs["client_id"] or await service.get_cursor("client_id")
    if not client_id:
        # The broker keeps the session under it.
        client_id = "millrace-" + uuid.uuid4().hex[:12]
        await service.set_cursor("client_id", client_id)
    await Listening(service, inputs, client_id, asyncio.get_running_loop()).run()
