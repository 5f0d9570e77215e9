import asyncio
import re
import socket

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

WINDOW = 16
MOST_REFUSED = 1000
# How long a statement may take beyond its own limit until the server is taken to be gone.
GRACE_SECONDS = 2.0


class PostgresError(Exception):
    pass


def reason_of(error):
    """Without the address that libpq names, which is the sandbox's way out and not the server's."""
    diagnosis = getattr(error, "diag", None)
    parts = [getattr(diagnosis, name, None) for name in ("message_primary", "message_detail", "message_hint")]
    text = " ".join(part for part in parts if part) or " ".join(str(error).split())
    text = re.sub(r'^(connection failed: )?connection to server at "[^"]*", port \d+ failed: ', "", text)[:500]
    code = getattr(error, "sqlstate", None)
    return f"{text} ({code})" if code else text


async def connected(inputs):
    try:
        settings = conninfo_to_dict(inputs["url"].strip())
    except psycopg.Error:
        # Its message repeats the address, password and all.
        raise ValueError("url is not an address such as postgresql://user:password@host:5432/database.") from None
    if not settings.get("host"):
        raise ValueError("url names no host.")
    host, port = settings["host"], int(settings.get("port") or 5432)
    place = f"{host}:{port}"
    try:
        # The name is resolved here and not in libpq, which would go past the sandbox's own way out.
        found = await asyncio.to_thread(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        settings.update(hostaddr=found[0][4][0], port=found[0][4][1], connect_timeout=max(2, int(inputs["timeout"])))
        settings.setdefault("application_name", "millrace")
        connection = await psycopg.AsyncConnection.connect(**settings, autocommit=True)
    except socket.gaierror as error:
        raise PostgresError(f"{host} cannot be found: {error}") from None
    except psycopg.OperationalError as error:
        raise PostgresError(f"{place} does not take the connection: {reason_of(error)}") from None
    return connection, place


class Server:
    """One connection, whose every answer has a time limit: a network that is gone says nothing."""

    def __init__(self, connection, place, inputs):
        self.connection, self.place, self.inputs = connection, place, inputs

    async def execute(self, statement, parameters=None):
        timeout = self.inputs["timeout"]
        try:
            return await asyncio.wait_for(self.connection.execute(statement, parameters), timeout + GRACE_SECONDS)
        except (asyncio.TimeoutError, psycopg.errors.QueryCanceled):
            raise PostgresError(f"{self.place} has not answered within {timeout:g} s.") from None

    async def prepare(self):
        limit = str(int(self.inputs["timeout"] * 1000))
        await self.execute("select set_config('statement_timeout', %s, false)", [limit])
        if self.inputs["channel"]:
            await self.execute(sql.SQL("listen {}").format(sql.Identifier(self.inputs["channel"])))

    def notifications(self, stop_after=None):
        """Those that come until the next look is due."""
        return self.connection.notifies(timeout=max(self.inputs["every"], 0.1), stop_after=stop_after)


class Queue:
    """Rows of a table. They are read without a lock, which would have to be held for as long as runs wait: that a trigger
    listens once, and that a row is taken back only in the version that became a run, does instead."""

    def __init__(self, server, service, inputs):
        self.server, self.service, self.inputs = server, service, inputs
        self.refused = set()
        self.select = self.finish = self.table = None

    async def prepare(self):
        key, mark = self.inputs["key"], self.inputs["mark"]
        cursor = await self.server.execute("select to_regclass(%s)::text", [self.inputs["table"]])
        self.table = (await cursor.fetchone())[0]
        if self.table is None:
            raise PostgresError(f"There is no table {self.inputs['table']}.")
        kinds = await self.server.execute(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0 and not attisdropped",
            [self.table],
        )
        columns = dict(await kinds.fetchall())
        marks = self.inputs["after"] == "mark"
        for name in [key, mark] if marks else [key]:
            if name not in columns:
                raise PostgresError(f"{self.table} has no column {name}.")
        names = {
            "table": sql.SQL(self.table),
            "key": sql.Identifier(key),
            "mark": sql.Identifier(mark),
            "kind": sql.SQL(columns[key]),
        }
        new = "{mark} is null" if marks else "true"
        self.select = sql.SQL(
            "select {key}::text, xmin::text, to_json(event)::text from {table} as event"
            f" where {new} and {{key}}::text || ' ' || xmin::text <> all(%s) order by {{key}} limit %s"
        ).format(**names)
        change = "update {table} as event set {mark} = now() from" if marks else "delete from {table} as event using"
        self.finish = sql.SQL(
            f"{change} unnest(%s::text[]::{{kind}}[], %s::text[]) as taken(key, version)"
            " where event.{key} = taken.key and event.xmin::text = taken.version"
        ).format(**names)

    async def become_run(self, key, version, payload):
        outputs = {"payload": payload, "key": key, "channel": ""}
        try:
            await self.service.create_run(outputs, identity=f"{self.table} {key} {version}")
            return True
        except self.service.RunRefused as error:
            # It stays where it is, to be tried again by the next start.
            print(f"The row {key} of {self.table} was refused and is left there: {error}")
            self.refused.add(f"{key} {version}")
            if len(self.refused) > MOST_REFUSED:
                raise PostgresError(f"More than {MOST_REFUSED} rows of {self.table} were refused.") from None
            return False

    async def take(self):
        """Whether there was something to take."""
        cursor = await self.server.execute(self.select, [list(self.refused), WINDOW])
        rows = await cursor.fetchall()
        if any(key is None for key, _, _ in rows):
            raise PostgresError(f"{self.inputs['key']} of a row of {self.table} is null.")
        became = await asyncio.gather(*(self.become_run(*row) for row in rows))
        taken = [row for row, is_run in zip(rows, became) if is_run]
        if taken:
            await self.server.execute(self.finish, [[key for key, *_ in taken], [version for _, version, _ in taken]])
        return bool(rows)

    async def run(self):
        await self.prepare()
        print(f"Taking rows of {self.table} at {self.server.place}")
        while True:
            while await self.take():
                pass
            if self.inputs["channel"]:
                async for _ in self.server.notifications(stop_after=1):
                    pass
            else:
                await asyncio.sleep(max(self.inputs["every"], 0.1))


class Channel:
    """Notifications, which Postgres forgets once they are sent."""

    def __init__(self, server, service):
        self.server, self.service = server, service
        self.waiting = set()

    async def settle(self, created):
        try:
            await created
        except Exception as error:
            print(f"No run could be made of a notification, which is lost: {error}")

    async def take(self, notification):
        outputs = {"payload": notification.payload, "key": "", "channel": notification.channel}
        task = asyncio.ensure_future(self.settle(self.service.create_run(outputs)))
        self.waiting.add(task)
        task.add_done_callback(self.waiting.discard)
        if len(self.waiting) >= WINDOW:
            # Meanwhile nothing is read, and the server keeps what comes.
            await asyncio.wait(self.waiting, return_when=asyncio.FIRST_COMPLETED)

    async def run(self):
        print(f"Listening to {self.server.inputs['channel']} at {self.server.place}")
        while True:
            async for notification in self.server.notifications():
                await self.take(notification)
            await self.server.execute("select 1")


async def run(service, inputs):
    takes_rows = inputs["source"] == "row"
    if takes_rows and not (inputs["table"].strip() and inputs["key"]):
        raise ValueError("table and key must be given to take rows.")
    if not takes_rows and not inputs["channel"]:
        raise ValueError("channel must be given to take notifications.")
    connection, place = await connected(inputs)
    server = Server(connection, place, inputs)
    try:
        await server.prepare()
        await (Queue(server, service, inputs) if takes_rows else Channel(server, service)).run()
    except psycopg.OperationalError as error:
        raise PostgresError(f"{place} hung up or cannot go on: {reason_of(error)}") from None
    except psycopg.Error as error:
        raise PostgresError(f"{place} refuses: {reason_of(error)}") from None
    finally:
        await asyncio.shield(connection.close())
