import asyncio
import base64
import datetime
import hashlib
import json
import uuid

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import CommitFailedError, KafkaError
from kafka import KafkaFailure, Reasons, connection_of

WINDOW = 16
LOOK_MS = 2_000
SESSION_MS = 10_000
# Runs may be waited for as long as it takes: the library's own heartbeats say that this one is alive.
LONGEST_WAIT_MS = 2**31 - 1
# Other members of the group are waited for until they have heard of a new one.
JOIN_SECONDS = 2 * SESSION_MS / 1000
STOP_SECONDS = 1.0


def text_of(data):
    """As text, or as base64 where it is none."""
    if data is None:
        return "", "none"
    try:
        return data.decode(), "text"
    except UnicodeDecodeError:
        return base64.b64encode(data).decode(), "base64"


def outputs_of(record):
    message, encoding = text_of(record.value)
    moment = datetime.datetime.fromtimestamp(max(record.timestamp, 0) / 1000, datetime.timezone.utc)
    headers = {name: text_of(value)[0] for name, value in record.headers}
    return {
        "message": message,
        "encoding": encoding,
        "key": text_of(record.key)[0],
        "headers": json.dumps(headers, ensure_ascii=False),
        "partition": record.partition,
        "offset": record.offset,
        "sent": moment.isoformat(),
    }


class Topic:
    def __init__(self, consumer, service, inputs):
        self.consumer, self.service = consumer, service
        self.name, self.group, self.timeout = inputs["topic"], inputs["group"], inputs["timeout"]

    async def begin_at_end(self):
        """Written down at once: what comes from now on is taken, also if nothing listens when it comes."""
        known = "begun " + hashlib.sha256(f"{self.group}\0{self.name}".encode()).hexdigest()[:16]
        if await self.service.get_cursor(known):
            return
        ends = await self.consumer.end_offsets(self.consumer.assignment())
        new = {place: end for place, end in ends.items() if await self.consumer.committed(place) is None}
        for place, end in new.items():
            self.consumer.seek(place, end)
        if new:
            await self.consumer.commit(new)
        await self.service.set_cursor(known, True)

    def create(self, record):
        # The time tells a topic from one of the same name that was there before it.
        identity = f"{record.topic}/{record.partition}/{record.offset} {record.timestamp}"
        return self.service.create_run(outputs_of(record), identity=identity)

    async def take(self, records):
        """Committed only once each is a run that lasts, or was refused as what can be none."""
        created = [(record, self.create(record)) for record in records]
        for record, asked in created:
            try:
                await asked
            except self.service.RunRefused as error:
                print(f"{record.topic}/{record.partition}/{record.offset} was refused: {error}")

    async def commit(self, batch):
        offsets = {place: records[-1].offset + 1 for place, records in batch.items()}
        try:
            await self.in_time(self.consumer.commit(offsets))
        except CommitFailedError:
            # Another member has them now, whom they come to again.
            print("The group was divided anew before messages were committed.")

    def in_time(self, asked):
        """The library itself asks again for as long as nobody answers."""
        return asyncio.wait_for(asked, self.timeout)

    async def is_there(self):
        mine = self.consumer.assignment()
        await self.in_time(self.consumer.end_offsets(mine) if mine else self.consumer.topics())

    async def listen(self):
        while True:
            batch = await self.consumer.getmany(timeout_ms=LOOK_MS, max_records=WINDOW)
            await self.take([record for records in batch.values() for record in records])
            if batch:
                await self.commit(batch)
            else:
                await self.is_there()


async def member_of(service):
    """A name of its own in the group: a start takes the place of the one before it at once, and shuts that out."""
    name = await service.get_cursor("member")
    if not name:
        name = "millrace-" + uuid.uuid4().hex[:12]
        await service.set_cursor("member", name)
    return name


async def stopped(consumer):
    try:
        await asyncio.wait_for(consumer.stop(), STOP_SECONDS)
    except (asyncio.TimeoutError, asyncio.CancelledError, KafkaError, OSError):
        # Nobody is there to be told, and the library ends its own waiting so.
        pass


async def run(service, inputs):
    if not inputs["topic"] or not inputs["group"]:
        raise ValueError("topic and group must be given.")
    reasons, place = Reasons(), inputs["brokers"].strip()
    consumer = AIOKafkaConsumer(
        inputs["topic"],
        **connection_of(inputs),
        group_id=inputs["group"],
        group_instance_id=await member_of(service),
        session_timeout_ms=SESSION_MS,
        max_poll_interval_ms=LONGEST_WAIT_MS,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    try:
        await asyncio.wait_for(consumer.start(), inputs["timeout"] + JOIN_SECONDS)
        topic = Topic(consumer, service, inputs)
        if inputs["start"] == "new messages":
            await topic.begin_at_end()
        print(f"Listening to {inputs['topic']} at {place}")
        await topic.listen()
    except asyncio.TimeoutError:
        raise KafkaFailure(f"{place} has not answered in time. {reasons.last}".strip()) from None
    except (KafkaError, OSError) as error:
        raise KafkaFailure(f"{place} refuses or cannot be reached: {reasons.of(error)}") from None
    finally:
        await asyncio.shield(stopped(consumer))
