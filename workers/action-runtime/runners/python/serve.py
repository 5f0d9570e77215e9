"""Loads the handler once, and serves call after call with it."""

import os
import sys
import threading
import time

from .errors import describe_error, log_traceback
from .frames import Channel, dumps
from .handler import load_handler
from .inputs import inputs_of
from .left_overs import has_left_overs
from .network import Network
from .outputs import OutputWriter
from .progress import Progress
from .ryax_exception import accept_bare_ryax_exceptions
from .streams import end_logs, set_up_streams
from .workspace import Workspace


class Runner:
    def __init__(self, channel, init):
        self.channel = channel
        self.init = init
        self.input_types = {item["name"]: item["type"] for item in init["inputs"]}
        self.workspace = Workspace(init["paths"])
        self.loop = None

    def load(self):
        """Leaves the handler loaded. @raises whatever its code does"""
        self.network = Network(self.init["network"])
        self.network.pair_sockets()
        deps = self.init["paths"]["deps"]
        # Before the package's own modules can be found in place of those that these need.
        if deps:
            import site
        if self.init.get("trigger"):
            from . import trigger
        self.workspace.prepare()
        sys.path.insert(0, self.workspace.root)
        if deps:
            site.addsitedir(deps)
        accept_bare_ryax_exceptions()
        self.progress = Progress(self.channel)
        self.network.set_up()
        if self.init.get("service"):
            from . import service

            service.let_in(self.init["service"])
        if self.init.get("trigger"):
            trigger.set_up(self.init.get("service"))
            self.workspace.environ = dict(os.environ)
            self.handler = trigger.Trigger(self, self.load_entry("run"))
        else:
            self.handler = self.load_entry("handle", "handler")
        self.threads = set(threading.enumerate())

    def load_entry(self, *names):
        return load_handler(self.init["entry"], self.workspace.root, names)

    def new_writer(self):
        return OutputWriter(self.channel, self.progress.call_id, self.init["outputs"])

    def run_handler(self, inputs):
        self.network.follow()
        result = self.handler(inputs)
        if hasattr(result, "__await__"):
            import asyncio

            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                asyncio.set_event_loop(self.loop)
            result = self.loop.run_until_complete(result)
        return result

    def left_overs(self):
        return has_left_overs(self.threads, self.loop, self.init["others"])

    def call(self, call):
        dirty, answer = self.execute(call)
        self.answer(call, dirty, answer)

    def execute(self, call):
        """Whether it left anything behind, and the answer but for its head."""
        dirty = False
        self.progress.begin(call["id"])
        try:
            result = self.run_handler(inputs_of(call, self.input_types))
            answer = '"type":"result","outputs":' + self.new_writer().convert(result)
        except BaseException as error:
            dirty = isinstance(error, (SystemExit, KeyboardInterrupt, MemoryError))
            described = describe_error(error, "handler", self.workspace.root)
            if described["ryax"] is None and described["origin"] == "handler":
                log_traceback(error)
            answer = '"type":"error","err":' + dumps(described)
        self.progress.begin(None)
        try:
            dirty = dirty or self.left_overs()
        except Exception:
            dirty = True
        end_logs(call["mark"])
        return dirty, answer

    def answer(self, call, dirty, answer):
        self.channel.send_text(f'{{"id":{call["id"]},"dirty":{dumps(dirty)},{answer}}}')
        if not dirty:
            self.workspace.clean()


def serve():
    channel = Channel()
    init = channel.receive()
    set_up_streams()
    runner = Runner(channel, init)
    call = runner.call
    try:
        started = time.monotonic()
        if init["isolation"] == "fresh":
            from . import fresh
        runner.load()
        channel.send({"type": "ready", "import_ms": (time.monotonic() - started) * 1000})
    except BaseException as error:
        channel.send({"type": "init_error", "err": describe_error(error, "import", runner.workspace.root)})
        os._exit(1)
    if init["isolation"] == "fresh":
        call = fresh.FreshCalls(runner).call
    while True:
        message = channel.receive()
        # A trigger may have ended before it was told to.
        if message["type"] == "call":
            call(message)
