import base64
import datetime
import decimal
import json
import math
import os
import re
import shutil
import socket
import sqlite3
import tempfile
import time
from urllib.parse import parse_qs, unquote, urlsplit

LARGEST_TEXT = 8 * 1024 * 1024
READ = re.compile(r"\s*(select|values|table)\b", re.IGNORECASE)
INTO = re.compile(r"\binto\b", re.IGNORECASE)


class DatabaseError(Exception):
    pass


def parameters_of(text):
    try:
        parameters = json.loads(text or "[]")
    except ValueError as error:
        raise ValueError(f"parameters is not JSON: {error}.") from None
    if not isinstance(parameters, (list, dict)):
        raise ValueError("parameters must be a JSON list or object.")
    nested = parameters.values() if isinstance(parameters, dict) else parameters
    if any(isinstance(value, dict) for value in nested):
        raise ValueError("A parameter must not be an object: give its JSON as a text.")
    # Without any, a % in the statement is a % and no place for one.
    return parameters or None


def plain(value):
    if isinstance(value, decimal.Decimal):
        number = float(value)
        if value.is_finite() and value == value.to_integral_value() and abs(value) < 2**53:
            return int(value)
        # A number that a float does not hold stays as it is written.
        return number if value.is_finite() and decimal.Decimal(repr(number)) == value else str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def names_of(description):
    names, seen = [], {}
    for column in description or []:
        name = column[0]
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


class Rows:
    """Rows as they come, written into a file, so that many of them need no memory."""

    def __init__(self, max_rows):
        self.path = os.path.join(tempfile.mkdtemp(dir="."), "rows.json")
        self.max_rows, self.count, self.columns = max_rows, 0, []

    def write(self, description_of, rows):
        with open(self.path, "w", encoding="utf-8") as target:
            for row in rows:
                self.columns = self.columns or names_of(description_of())
                if self.count == self.max_rows:
                    raise DatabaseError(f"There are more than {self.max_rows} rows.")
                line = json.dumps(dict(zip(self.columns, map(plain, row))), ensure_ascii=False)
                target.write(("[\n" if self.count == 0 else ",\n") + line)
                self.count += 1
            target.write("[]\n" if self.count == 0 else "\n]\n")
        self.columns = self.columns or names_of(description_of())

    def outputs(self, affected):
        rows = None
        if os.path.getsize(self.path) <= LARGEST_TEXT:
            with open(self.path, encoding="utf-8") as file:
                rows = file.read()
        columns = json.dumps(self.columns, ensure_ascii=False)
        return {"rows": rows, "file": self.path, "columns": columns, "count": self.count, "affected": affected}


def query_postgres(inputs, parameters, rows):
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        settings = conninfo_to_dict(inputs["url"])
    except psycopg.Error:
        # Its message repeats the address, password and all.
        raise ValueError("url is not an address such as postgresql://user:password@host:5432/database.") from None
    host, port = settings.get("host"), int(settings.get("port") or 5432)
    if not host:
        raise ValueError("url names no host.")
    place = f"{host}:{port}"
    try:
        # The name is resolved here and not in libpq, which would go past the sandbox's own way out.
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4]
        settings.update(hostaddr=address[0], port=address[1], connect_timeout=max(2, int(inputs["timeout"])))
        settings.setdefault("application_name", "millrace")
        connection = psycopg.connect(**settings)
    except socket.gaierror as error:
        raise DatabaseError(f"{host} cannot be found: {error}") from None
    except psycopg.OperationalError as error:
        raise DatabaseError(f"{place} does not take the connection: {reason_of(error)}") from None
    with connection:
        connection.read_only = inputs["read_only"]
        connection.execute("select set_config('statement_timeout', %s, false)", [str(int(inputs["timeout"] * 1000))])
        is_plain_read = READ.match(inputs["query"]) and not INTO.search(inputs["query"])
        # A cursor of the server's gives rows in parts, so that many of them need no memory; it takes nothing but reads.
        cursor = connection.cursor("rows") if is_plain_read else connection.cursor()
        try:
            cursor.execute(inputs["query"].encode(), parameters)
            rows.write(lambda: cursor.description, cursor if cursor.description else ())
            affected = rows.count if is_plain_read else cursor.rowcount
        except psycopg.errors.QueryCanceled:
            raise TimeoutError(f"The statement was not done after {inputs['timeout']:g} s.") from None
        except psycopg.Error as error:
            raise DatabaseError(message_of(error)) from None
    return affected


def reason_of(error):
    """Without the address that libpq names, which is the sandbox's way out and not the server's."""
    text = " ".join(str(error).split())
    return re.sub(r'^(connection failed: )?connection to server at "[^"]*", port \d+ failed: ', "", text)[:500]


def message_of(error):
    diagnosis = getattr(error, "diag", None)
    parts = [getattr(diagnosis, name, None) for name in ("message_primary", "message_detail", "message_hint")]
    code = getattr(error, "sqlstate", None)
    text = " ".join(part for part in parts if part) or str(error)
    return f"{text} ({code})" if code else text


def query_mysql(inputs, parameters, rows):
    import ssl

    import certifi
    import pymysql
    from pymysql.cursors import SSCursor

    parts = urlsplit(inputs["url"])
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = set(options) - {"ssl", "sslmode", "charset"}
    if unknown or not parts.hostname:
        raise ValueError("url is not an address such as mysql://user:password@host:3306/database?sslmode=require.")
    mode = options.get("sslmode") or ("verify-full" if options.get("ssl") in ("true", "1") else "disable")
    context = None
    if mode != "disable":
        context = ssl.create_default_context(cafile=certifi.where())
        if mode != "verify-full":
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    place = f"{parts.hostname}:{parts.port or 3306}"
    timeout = inputs["timeout"]
    try:
        connection = pymysql.connect(
            host=parts.hostname,
            port=parts.port or 3306,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            database=unquote(parts.path.lstrip("/")) or None,
            charset=options.get("charset", "utf8mb4"),
            cursorclass=SSCursor,
            connect_timeout=max(1, int(timeout)),
            read_timeout=timeout,
            write_timeout=timeout,
            ssl=context,
        )
    except pymysql.MySQLError as error:
        raise DatabaseError(f"{place} does not take the connection: {error.args[-1]}") from None
    started = time.monotonic()
    try:
        with connection.cursor() as cursor:
            if inputs["read_only"]:
                cursor.execute("start transaction read only")
            cursor.execute(inputs["query"], parameters)
            rows.write(lambda: cursor.description, cursor if cursor.description else ())
            affected = cursor.rowcount if cursor.description is None else rows.count
        connection.commit()
        return affected
    except pymysql.MySQLError as error:
        if time.monotonic() - started >= timeout * 0.95:
            raise TimeoutError(f"The statement was not done after {timeout:g} s.") from None
        raise DatabaseError(f"{error.args[-1]} ({error.args[0]})") from None
    finally:
        connection._force_close()


def query_sqlite(inputs, parameters, rows):
    path = os.path.join(tempfile.mkdtemp(dir="."), os.path.basename(inputs["database"]))
    shutil.copyfile(inputs["database"], path)
    connection = sqlite3.connect(f"file:{path}{'?mode=ro' if inputs['read_only'] else ''}", uri=True)
    deadline = time.monotonic() + inputs["timeout"]
    connection.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
    try:
        cursor = connection.execute(inputs["query"], parameters or [])
        rows.write(lambda: cursor.description, cursor)
        affected = cursor.rowcount
        connection.commit()
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise TimeoutError(f"The statement was not done after {inputs['timeout']:g} s.") from None
        raise DatabaseError(str(error)) from None
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise DatabaseError(str(error)) from None
    finally:
        connection.close()
    return affected, path


def handle(inputs):
    if (inputs["url"] is None) == (inputs["database"] is None):
        raise ValueError("Give either an address or a SQLite file.")
    parameters, rows = parameters_of(inputs["parameters"]), Rows(inputs["max_rows"])
    if inputs["database"] is not None:
        affected, path = query_sqlite(inputs, parameters, rows)
        return {**rows.outputs(affected), "database": path}
    scheme = urlsplit(inputs["url"].strip()).scheme.split("+")[0]
    if scheme in ("postgres", "postgresql"):
        return rows.outputs(query_postgres(inputs, parameters, rows))
    if scheme in ("mysql", "mariadb"):
        return rows.outputs(query_mysql(inputs, parameters, rows))
    raise ValueError("url must begin with postgresql:// or mysql://.")
