import asyncio
import imaplib
import re
import select
import ssl
import tempfile
import threading

import certifi
from mail import header, outputs_of, parsed

LOOK_SECONDS = 1.0
# Servers hang up after half an hour of silence.
LONGEST_IDLE = 20 * 60


class MailboxError(Exception):
    pass


def context_of(inputs):
    context = ssl.create_default_context(cafile=certifi.where())
    if inputs["ca_certificate"]:
        try:
            context.load_verify_locations(cadata=inputs["ca_certificate"])
        except (ssl.SSLError, ValueError) as error:
            raise ValueError(f"ca_certificate is not in PEM form: {error}.") from None
    return context


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Mailbox:
    """One folder of a mailbox, read by one connection in a thread of its own."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.place = f"{inputs['folder']} at {inputs['host']}:{inputs['port']}"
        self.client, self.can, self.validity, self.next_uid = None, set(), 0, 1

    def open(self):
        inputs = self.inputs
        place, timeout = (inputs["host"], inputs["port"]), inputs["timeout"]
        try:
            if inputs["security"] == "TLS":
                self.client = imaplib.IMAP4_SSL(*place, ssl_context=context_of(inputs), timeout=timeout)
            else:
                self.client = imaplib.IMAP4(*place, timeout=timeout)
                if inputs["security"] == "STARTTLS":
                    self.client.starttls(context_of(inputs))
        except ssl.SSLError as error:
            reason = getattr(error, "verify_message", "") or error
            raise MailboxError(f"There is no safe connection to {inputs['host']}: {reason}") from None
        self.sign_in()
        # Servers tell more of themselves to whom they know.
        said = self.done(self.client.capability(), "say what it can do")
        self.can = set(said[0].decode("ascii", "replace").upper().split())
        self.client._encoding = "utf-8"
        self.done(self.client.select(quoted(inputs["folder"])), f"open {inputs['folder']}")
        self.validity = self.number("UIDVALIDITY")
        self.next_uid = self.number("UIDNEXT")

    def sign_in(self):
        user, password, token = self.inputs["username"], self.inputs["password"] or "", self.inputs["access_token"]
        try:
            if token:
                said = f"user={user}\1auth=Bearer {token}\1\1".encode()
                self.client.authenticate("XOAUTH2", lambda _: said)
            else:
                self.client.login(user, password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            # What the server says may hold what was sent to it.
            raise MailboxError(f"{self.inputs['host']} does not accept the sign-in of {user}.") from None

    def number(self, name):
        said = self.client.response(name)[1][0]
        return int(said) if said else 0

    def done(self, answer, what):
        status, data = answer
        if status != "OK":
            said = data[0].decode("utf-8", "replace") if data and data[0] else "it does not say why"
            raise MailboxError(f"{self.inputs['host']} does not {what}: {said}")
        return data

    def uids_after(self, last):
        # N:* has the newest one in it even where that is older.
        data = self.done(self.client.uid("SEARCH", None, f"UID {last + 1}:*"), "search")
        return sorted(uid for uid in map(int, (data[0] or b"").split()) if uid > last)

    def fetch(self, uid):
        """None for one that is gone or too large."""
        data = self.done(self.client.uid("FETCH", str(uid), "(RFC822.SIZE)"), "tell a message's size")
        size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(part for part in data if isinstance(part, bytes)))
        if size is None:
            return None
        if int(size[1]) > self.inputs["max_megabytes"] << 20:
            print(f"Message {uid} was left out: it has more than {self.inputs['max_megabytes']} MiB.")
            return None
        data = self.done(self.client.uid("FETCH", str(uid), "(BODY.PEEK[])"), "give a message")
        return next((part[1] for part in data if isinstance(part, tuple)), None)

    def mark(self, uid):
        after = self.inputs["after"]
        if after == "mark as read":
            self.done(self.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"), "mark a message")
        elif after == "delete":
            self.remove(uid)
        elif after == "move":
            target = quoted(self.inputs["move_to"])
            if "MOVE" in self.can:
                self.done(self.client.uid("MOVE", str(uid), target), f"move to {self.inputs['move_to']}")
            else:
                self.done(self.client.uid("COPY", str(uid), target), f"copy to {self.inputs['move_to']}")
                self.remove(uid)

    def remove(self, uid):
        self.done(self.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)"), "delete a message")
        # Without UIDPLUS, what others have marked goes with it: then it is left marked.
        if "UIDPLUS" in self.can:
            self.done(self.client.uid("EXPUNGE", str(uid)), "delete a message")

    def wait(self, seconds, stopping):
        """Until the server tells of something new, or the time is over."""
        if "IDLE" not in self.can:
            stopping.wait(seconds)
            self.done(self.client.noop(), "answer")
            return
        tag = self.client._new_tag()
        self.client.send(tag + b" IDLE\r\n")
        if not self.client.readline().startswith(b"+"):
            raise MailboxError(f"{self.inputs['host']} does not wait for mail.")
        waited = 0.0
        while waited < min(seconds, LONGEST_IDLE) and not stopping.is_set() and not self.has_more():
            waited += LOOK_SECONDS
        self.client.send(b"DONE\r\n")
        while not (line := self.client.readline()).startswith(tag):
            if not line:
                raise imaplib.IMAP4.abort("it hung up")

    def has_more(self):
        pending = getattr(self.client.sock, "pending", lambda: 0)()
        return pending > 0 or bool(select.select([self.client.sock], [], [], LOOK_SECONDS)[0])

    def close(self):
        if self.client is not None:
            try:
                self.client.logout()
            except (imaplib.IMAP4.error, OSError):
                pass


class Watch:
    def __init__(self, service, mailbox, inputs, loop):
        self.service, self.mailbox, self.inputs, self.loop = service, mailbox, inputs, loop
        self.stopping = threading.Event()

    def ask(self, work):
        async def asked():
            return await work()

        return asyncio.run_coroutine_threadsafe(asked(), self.loop).result()

    def begin(self):
        """The last message that was taken, or was there before."""
        box = self.mailbox
        place = self.ask(lambda: self.service.get_cursor("place"))
        if place and place["validity"] == box.validity:
            return place["uid"]
        if place:
            print("The server has numbered its messages anew: what comes from now on is taken.")
        last = 0 if not place and self.inputs["start"] == "all messages" else box.next_uid - 1
        self.remember(last)
        return last

    def remember(self, uid):
        place = {"validity": self.mailbox.validity, "uid": uid}
        self.ask(lambda: self.service.set_cursor("place", place))

    def fits(self, message):
        wanted = [("From", self.inputs["from_contains"]), ("Subject", self.inputs["subject_contains"])]
        return all(part.lower() in header(message, name).lower() for name, part in wanted)

    def take(self, uid):
        raw = self.mailbox.fetch(uid)
        message = raw and parsed(raw)
        if message and self.fits(message):
            with tempfile.TemporaryDirectory(dir=".") as folder:
                became_run = self.become_run(uid, outputs_of(message, raw, folder))
            if became_run:
                self.mailbox.mark(uid)
                print(f"Message {uid} was taken")
        self.remember(uid)

    def become_run(self, uid, data):
        identity = f"{self.mailbox.validity}/{uid}"
        try:
            self.ask(lambda: self.service.create_run(data, identity=identity))
        except self.service.RunRefused as error:
            # It stays as it is, and is not taken again.
            print(f"Message {uid} was refused: {error}")
            return False
        return True

    def run(self):
        try:
            self.mailbox.open()
            last = self.begin()
            print(f"Watching {self.mailbox.place}")
            while not self.stopping.is_set():
                for uid in self.mailbox.uids_after(last):
                    self.take(uid)
                    last = uid
                    if self.stopping.is_set():
                        return
                self.mailbox.wait(max(self.inputs["every"], LOOK_SECONDS), self.stopping)
        except TimeoutError:
            raise MailboxError(f"{self.inputs['host']} was silent for {self.inputs['timeout']:g} s.") from None
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxError(f"{self.mailbox.place} cannot be reached or hung up: {error}") from None
        finally:
            self.mailbox.close()


async def run(service, inputs):
    if inputs["after"] == "move" and not inputs["move_to"]:
        raise ValueError("move_to must name the folder to move to.")
    watch = Watch(service, Mailbox(inputs), inputs, asyncio.get_running_loop())
    reading = asyncio.ensure_future(asyncio.to_thread(watch.run))
    try:
        await asyncio.shield(reading)
    finally:
        watch.stopping.set()
        if not reading.done():
            await asyncio.wait([reading])
