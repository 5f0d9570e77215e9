"""Runs one `ryax_run.py`: a trigger that lives as long as its workflow is live and asks for runs.

What it asks for goes out as `request` frames and comes back as `answer` frames, which a thread reads, so that a trigger
that blocks its event loop for a while still hears of its end.
"""

import asyncio
import collections.abc
import enum
import importlib.util
import itertools
import os
import sys
import threading
import types
import uuid

from .frames import dumps, loads
from .output_streams import OutputInvalid

SOURCE_PORT = "5002"
MAX_KEY_CHARS = 200


class RyaxRunStatus(enum.Enum):
    DONE = "Done"
    ERROR = "Error"


class RyaxSourceProtocol:
    """What `service` is, for annotations."""


class RunRefused(Exception):
    """Why no run can be made of what a trigger gave: it has been written down as rejected."""


class RequestFailed(Exception):
    """Why something was not done that may be another time."""


# What triggers import, in all the places where they do so.
MODULES = {
    "ryax_execution": (),
    "ryax_execution.ryax_source_protocol": ("RyaxSourceProtocol", "RyaxRunStatus"),
    "ryax_wrapper": ("RyaxSourceProtocol", "RyaxRunStatus"),
    "ryax": ("RyaxTriggerProtocol", "RyaxRunStatus"),
    "ryax.triggers": (),
    "ryax.triggers.protocols": ("RyaxTriggerProtocol", "RyaxRunStatus"),
}
PROVIDED = {
    "RyaxSourceProtocol": RyaxSourceProtocol,
    "RyaxTriggerProtocol": RyaxSourceProtocol,
    "RyaxRunStatus": RyaxRunStatus,
}


def provide_modules():
    """A package that brings one of them itself keeps its own."""
    own = {name.split(".")[0] for name in MODULES}
    own = {name for name in own if importlib.util.find_spec(name) is not None}
    for name, exported in MODULES.items():
        if name.split(".")[0] in own:
            continue
        module = types.ModuleType(name)
        module.__path__ = []
        for symbol in exported:
            setattr(module, symbol, PROVIDED[symbol])
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)


class Scheduled(collections.abc.Coroutine):
    """Under way whether it is awaited or not, and accepted wherever a coroutine is.

    Whoever awaits it may be canceled without taking back what was asked for.
    """

    def __init__(self, future):
        self.future = future
        self.steps = None

    def __await__(self):
        future = self.future
        if not asyncio.isfuture(future):
            future = asyncio.wrap_future(future)
        return asyncio.shield(future).__await__()

    def send(self, value):
        if self.steps is None:
            self.steps = iter(self.__await__())
        return self.steps.send(value)

    def throw(self, *error):
        if self.steps is None:
            self.steps = iter(self.__await__())
        return self.steps.throw(*error)

    def close(self):
        if self.steps is not None:
            self.steps.close()


class Service:
    """What `run` gets as its first argument."""

    RunRefused = RunRefused

    def __init__(self, trigger):
        self._trigger = trigger

    def create_run(self, data=None, running_time=0.0, status=RyaxRunStatus.DONE, identity=None):
        """Starts one run with these outputs, and resolves with its id once that is durable.

        The same identity is one run, however often it comes; without one each call is a run of its own.
        """
        identity = uuid.uuid4().hex if identity is None else str(identity)
        # By name: a package that brings Ryax's own library has another class.
        is_error = str(getattr(status, "name", status)).upper() == "ERROR"
        return self._trigger.schedule(self._trigger.create(data, is_error, identity))

    def create_run_error(self):
        return self.create_run({}, status=RyaxRunStatus.ERROR)

    def get_output_definitions(self):
        return {output["name"]: dict(output) for output in self._trigger.settings["outputs"]}

    def get_cursor(self, key, default=None):
        """What was last set under the key, by this start of the trigger or any before it."""
        return self._trigger.schedule(self._trigger.get_cursor(key, default))

    def set_cursor(self, key, value):
        """Remembers anything that is JSON; None forgets the key. Resolves once that is durable."""
        return self._trigger.schedule(self._trigger.set_cursor(key, value))


class Trigger:
    def __init__(self, runner, run):
        self.runner = runner
        self.run = run
        self.settings = runner.init["trigger"]
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.slots = None
        self.numbers = itertools.count(1)
        self.waiting = {}
        self.scheduled = set()
        self.task = None
        self.is_stopped = False

    def __call__(self, inputs):
        self.thread = threading.get_ident()
        service = self.runner.init.get("service")
        if service:
            inputs = {**inputs, "ryax_endpoint_port": service["port"], "ryax_endpoint_prefix": service["prefix"]}
        threading.Thread(target=self.listen, name="millrace", daemon=True).start()
        try:
            self.loop.run_until_complete(self.main(inputs))
        except asyncio.CancelledError:
            if not self.is_stopped:
                raise
        return {}

    async def main(self, inputs):
        self.slots = asyncio.Semaphore(self.settings["maxRequests"])
        self.task = asyncio.ensure_future(self.run(Service(self), inputs))
        try:
            await self.task
        finally:
            # Asked for, and not waited for by the trigger itself.
            while self.scheduled:
                await asyncio.wait(self.scheduled)

    def listen(self):
        while True:
            message = self.runner.channel.receive()
            self.loop.call_soon_threadsafe(self.take, message)

    def take(self, message):
        if message["type"] == "answer":
            future = self.waiting.pop(message["request"], None)
            if future is not None and not future.done():
                future.set_result(message)
        elif message["type"] == "cancel" and self.task is not None:
            self.is_stopped = True
            self.task.cancel()

    def schedule(self, work):
        if threading.get_ident() != self.thread:
            return Scheduled(asyncio.run_coroutine_threadsafe(work, self.loop))
        task = self.loop.create_task(work)
        self.scheduled.add(task)
        task.add_done_callback(self.scheduled.discard)
        return Scheduled(task)

    async def create(self, data, is_error, identity):
        async with self.slots:
            if is_error:
                return await self.request("create_error", {"identity": identity})
            try:
                outputs = self.runner.new_writer().convert(data)
            except OutputInvalid as error:
                await self.request("create_invalid", {"identity": identity, "reason": str(error)[:8000]})
                raise RunRefused(str(error)) from None
            return await self.request("create_run", {"identity": identity}, outputs)

    async def get_cursor(self, key, default):
        async with self.slots:
            text = await self.request("get_cursor", {"key": key_of(key)})
            return default if text is None else loads(text)

    async def set_cursor(self, key, value):
        text = None if value is None else dumps(value, allow_nan=False)
        async with self.slots:
            await self.request("set_cursor", {"key": key_of(key), "value": text})

    async def request(self, method, params, outputs=None):
        number = next(self.numbers)
        answered = self.waiting[number] = self.loop.create_future()
        head = {"type": "request", "id": self.runner.progress.call_id, "request": number, "method": method}
        text = dumps({**head, "params": params})
        if outputs is not None:
            # Written already, with whatever was too large to stand in it streamed ahead.
            text = text[:-2] + ',"outputs":' + outputs + "}}"
        self.runner.channel.send_text(text)
        answer = await answered
        if answer["error"] is not None:
            raise (RunRefused if answer.get("rejected") else RequestFailed)(answer["error"])
        return answer["result"]


def key_of(key):
    if not isinstance(key, str) or not 0 < len(key) <= MAX_KEY_CHARS:
        raise ValueError("A cursor's key is a text of 1 to %d characters." % MAX_KEY_CHARS)
    return key


def set_up(service):
    os.environ["RYAX_SOURCE_PORT"] = str(service["port"]) if service else SOURCE_PORT
    provide_modules()
