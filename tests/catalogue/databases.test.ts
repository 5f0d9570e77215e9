import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedPostgres, startPostgres } from "@/bin/launcher/postgres";
import { freePort } from "@/lib/free-port.mjs";
import { Handler, serverName } from "../support/handler";
import { findServer, ServerProcess } from "../support/servers";

const json = (value: unknown) => JSON.parse(String(value));
const processes = { postgres: new ServerProcess(), mysql: new ServerProcess(), redis: new ServerProcess() };
let query: Handler;
beforeAll(async () => {
  query = await Handler.of("sql-query");
}, 120_000);
afterAll(() => Promise.all([query?.close(), ...Object.values(processes).map((server) => server.stop())]));

describe("sql-query of Postgres", () => {
  let server: StartedPostgres;
  let url: string;
  let sql: Sql;
  beforeAll(async () => {
    const { folder } = processes.postgres;
    server = await startPostgres(folder, folder, "p%@ß word");
    url = server.adminUrl.replace("127.0.0.1", serverName);
    sql = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
    await sql`create table people (id serial primary key, name text unique, sum numeric, seen timestamptz, more jsonb, raw bytea)`;
    await sql`insert into people (name, sum, seen, more, raw)
      values ('Ada Ü', 12.50, '2026-01-31 12:00+01', '{"a": [1]}', '\\x00ff'), ('Bob', 123456789012345678.123, null, null, null)`;
  }, 120_000);
  afterAll(async () => {
    await sql?.end();
    await server?.child.stop();
  });
  const run = (text: string, more: Record<string, unknown> = {}) => query.run({ url, query: text, ...more });

  it.concurrent("gives rows with their types", async () => {
    const { outputs } = await run("select * from people order by id");
    expect(json(outputs?.rows)).toEqual([
      { id: 1, name: "Ada Ü", sum: 12.5, seen: expect.stringMatching(/^2026-01-31T/), more: { a: [1] }, raw: "AP8=" },
      { id: 2, name: "Bob", sum: "123456789012345678.123", seen: null, more: null, raw: null },
    ]);
    expect(outputs).toMatchObject({
      count: 2,
      columns: '["id", "name", "sum", "seen", "more", "raw"]',
    });
  });

  it.concurrent("takes parameters as values, by place and by name", async () => {
    const evil = "x'; drop table people; --";
    expect((await run("select %s::text as v", { parameters: JSON.stringify([evil]) })).outputs?.rows).toContain(evil);
    const named = await run("select name from people where id = %(id)s", { parameters: '{"id": 2}' });
    expect(json(named.outputs?.rows)).toEqual([{ name: "Bob" }]);
    expect((await run("select 5 % 3 as rest")).outputs?.rows).toContain('{"rest": 2}');
    const listed = await run("select name from people where id = any(%s) order by 1", { parameters: "[[1, 2]]" });
    expect(listed.outputs?.count).toBe(2);
  });

  it.concurrent("says how many rows a change has changed, and gives what it returns", async () => {
    await sql`create table if not exists changed (id int)`;
    const { outputs, error } = await run("insert into changed select generate_series(1, 5)");
    expect([error, outputs?.affected, outputs?.rows]).toEqual([undefined, 5, "[]\n"]);
    const returned = await run("update changed set id = id + 10 where id > 3 returning id");
    expect(returned.outputs).toMatchObject({ count: 2, columns: '["id"]' });
    expect(await sql`select count(*)::int as count from changed where id > 10`).toEqual([{ count: 2 }]);
    expect((await run("create table made (id int)")).error).toBeUndefined();
  });

  it.concurrent("changes nothing where it may only read, or where it fails", async () => {
    expect((await run("delete from people", { read_only: true })).error).toMatch(/read-only transaction/);
    expect((await run("insert into people (name) values ('x'), ('Bob')")).error).toMatch(/duplicate key.*Bob.*23505/);
    expect(await sql`select count(*)::int as count from people`).toEqual([{ count: 2 }]);
  });

  it.concurrent("writes many rows into a file, up to a limit", async () => {
    const many = "select n, repeat('x', 100) as text from generate_series(1, 100000) n";
    const { outputs, paths } = await run(many);
    expect(outputs).toMatchObject({ count: 100_000, rows: null });
    expect(json(await readFile(paths?.file ?? "", "utf8"))).toHaveLength(100_000);
    expect((await run(many, { max_rows: 10 })).error).toMatch(/more than 10 rows/);
  });

  it.concurrent.each([
    ["selct 1", {}, /syntax error/],
    ["select * from nowhere", {}, /"nowhere" does not exist \(42P01\)/],
    ["select pg_sleep(10)", { timeout: 0.5 }, /^TimeoutError: .*not done after 0.5 s/],
    ["select %s", { parameters: '[{"a": 1}]' }, /must not be an object/],
    ["select %s", { parameters: "7" }, /must be a JSON list or object/],
    ["select %s, %s", { parameters: "[1]" }, /2 placeholders but 1 parameters|the query has 2/],
  ])("says why %s %j does not work", async (text, inputs, message) => {
    expect((await run(text, inputs)).error).toMatch(message);
  });

  it.concurrent("never says the password", async () => {
    const wrong = url.replace(/:[^:@/]+@/, ":not-the-secret@");
    const failures = [
      await query.failureOf({ url: wrong, query: "select 1" }),
      await query.failureOf({ url: url.replace(/:\d+\//, `:${await freePort()}/`), query: "select 1" }),
      await query.failureOf({ url: `${url}?nonsense=1`, query: "select 1" }),
      await query.failureOf({ url: url.replace(serverName, "no-such-host.invalid"), query: "select 1" }),
    ];
    expect(failures).toEqual([
      expect.stringMatching(/does not take the connection: .*password authentication failed/),
      expect.stringMatching(/does not take the connection: (?!.*127\.).*(refused|closed the connection)/),
      expect.stringMatching(/not an address such as/),
      expect.stringMatching(/cannot be found|does not take the connection/),
    ]);
    expect(failures.join()).not.toMatch(/p%25|not-the-secret|ß/);
  });
});

const mariadbd = findServer("mariadbd");
describe.skipIf(!mariadbd)("sql-query of MariaDB", () => {
  let url: string;
  beforeAll(async () => {
    const { folder } = processes.mysql;
    const data = join(folder, "data");
    const user = process.getuid?.() === 0 ? ["--user=root"] : [];
    execFileSync(findServer("mariadb-install-db") ?? "", [
      `--datadir=${data}`,
      "--auth-root-authentication-method=normal",
      ...user,
    ]);
    const port = await freePort();
    const settings = [
      `--datadir=${data}`,
      `--socket=${join(folder, "socket")}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
    ];
    await processes.mysql.start(mariadbd as string, ["--no-defaults", ...settings, ...user], port);
    const admin = `mysql://root@${serverName}:${port}/`;
    for (const statement of [
      "create database shop character set utf8mb4",
      "create user ada@localhost identified by 'se:cret'",
      "create user ada@'127.0.0.1' identified by 'se:cret'",
      "grant all on shop.* to ada@localhost",
      "grant all on shop.* to ada@'127.0.0.1'",
    ])
      await query.outputsOf({ url: admin, query: statement });
    url = `mysql://ada:se%3Acret@${serverName}:${port}/shop`;
    await query.outputsOf({
      url,
      query: "create table t (id int auto_increment primary key, name text, sum decimal(9,2), at datetime)",
    });
  }, 120_000);
  const run = (text: string, more: Record<string, unknown> = {}) => query.run({ url, query: text, ...more });

  it("changes, and gives rows with their types", async () => {
    const values = JSON.stringify(["Ada ☀", "1.50", "2026-01-31 12:00:00"]);
    const inserted = await run("insert into t (name, sum, at) values (%s, %s, %s)", { parameters: values });
    expect([inserted.error, inserted.outputs?.affected]).toEqual([undefined, 1]);
    const { outputs } = await run("select * from t where name = %(name)s", {
      parameters: '{"name": "Ada ☀"}',
      read_only: true,
    });
    expect(json(outputs?.rows)).toEqual([{ id: 1, name: "Ada ☀", sum: 1.5, at: "2026-01-31T12:00:00" }]);
    expect(outputs?.columns).toBe('["id", "name", "sum", "at"]');
  });

  it("changes nothing where it may only read", async () => {
    expect((await run("delete from t", { read_only: true })).error).toMatch(/READ ONLY transaction/);
  });

  it("reads many rows, up to a limit, and stops what takes too long", async () => {
    const many = "select seq from seq_1_to_50000";
    expect((await run(many)).outputs).toMatchObject({ count: 50_000, affected: 50_000 });
    expect((await run(many, { max_rows: 10 })).error).toMatch(/more than 10 rows/);
    expect((await run("select sleep(10)", { timeout: 1 })).error).toMatch(/not done after 1 s/);
  });

  it("says what is wrong, without the password", async () => {
    expect((await run("select * from nowhere")).error).toMatch(/nowhere' doesn't exist \(1146\)/);
    const wrong = await query.failureOf({ url: url.replace("se%3Acret", "not-the-secret"), query: "select 1" });
    expect(wrong).toMatch(/does not take the connection: Access denied/);
    expect(wrong).not.toContain("not-the-secret");
    expect(await query.failureOf({ url: `${url}?nonsense=1`, query: "select 1" })).toMatch(/not an address such as/);
  });
});

describe("sql-query of SQLite", () => {
  const made = async () => {
    const empty = { name: "shop.db", content: "" };
    const { paths } = await query.run({ database: empty, query: "create table t (a, b)" });
    return { name: "shop.db", content: new Uint8Array(await readFile(paths?.database ?? "")) };
  };

  it.concurrent("changes a copy of the file, and reads it", async () => {
    const inserted = await query.run({
      database: await made(),
      query: "insert into t values (?, ?), (3, x'00ff')",
      parameters: '[1, "ü"]',
    });
    expect([inserted.error, inserted.outputs?.affected]).toEqual([undefined, 2]);
    const database = { name: "shop.db", content: new Uint8Array(await readFile(inserted.paths?.database ?? "")) };
    const { outputs } = await query.run({
      database,
      query: "select a, b, a as a from t where a >= :least",
      parameters: '{"least": 1}',
    });
    expect(json(outputs?.rows)).toEqual([
      { a: 1, b: "ü", a_2: 1 },
      { a: 3, b: "AP8=", a_2: 3 },
    ]);
  });

  it.concurrent.each([
    ["delete from t", { read_only: true }, /readonly/],
    ["select * from nowhere", {}, /no such table/],
    ["select 1; select 2", {}, /one statement/],
    [
      "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n",
      { timeout: 0.5 },
      /TimeoutError/,
    ],
  ])("says why %s %j does not work", async (text, inputs, message) => {
    expect(await query.failureOf({ database: await made(), query: text, ...inputs })).toMatch(message);
  });

  it.concurrent("refuses what is no database, and two of them", async () => {
    const database = { name: "a.db", content: "no database, but long enough to be looked at ".repeat(30) };
    expect(await query.failureOf({ database, query: "select * from sqlite_master" })).toMatch(/not a database/);
    expect(await query.failureOf({ query: "select 1" })).toMatch(/either an address or a SQLite file/);
    expect(await query.failureOf({ url: "oracle://x", query: "select 1" })).toMatch(/must begin with/);
  });
});

const redisServer = findServer("redis-server");
describe.skipIf(!redisServer)("redis", () => {
  let redis: Handler;
  let url: string;
  beforeAll(async () => {
    redis = await Handler.of("redis");
    const port = await freePort();
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--requirepass", "se:cret"];
    await processes.redis.start(redisServer as string, args, port);
    url = `redis://:se%3Acret@${serverName}:${port}/2`;
  }, 120_000);
  afterAll(() => redis?.close());
  const run = (operation: string, key: string, more: Record<string, unknown> = {}) =>
    redis.outputsOf({ url, operation, key, ...more });

  it("sets and gets, for as long as told", async () => {
    expect(await run("get", "a")).toEqual({ value: null, found: false, number: 0 });
    expect(await run("set", "a", { value: "ü" })).toMatchObject({ found: false });
    expect(await run("get", "a")).toMatchObject({ value: "ü", found: true });
    await run("set", "short", { value: "x", expires_in: 0.2 });
    await expect.poll(async () => (await run("get", "short")).found, { timeout: 5_000 }).toBe(false);
    expect(await run("set if missing", "a", { value: "other" })).toMatchObject({ value: "ü", found: false });
    expect(await run("set if missing", "b", { value: "new" })).toMatchObject({ value: "new", found: true });
    expect(await run("delete", "a")).toMatchObject({ found: true, number: 1 });
  });

  it("counts, from anew when the time is over", async () => {
    expect(await run("increment", "count", { expires_in: 60 })).toMatchObject({ number: 1, found: false });
    expect(await run("increment", "count", { value: "-5", expires_in: 60 })).toMatchObject({
      number: -4,
      value: "-4",
      found: true,
    });
    expect(await redis.failureOf({ url, operation: "increment", key: "count", value: "much" })).toMatch(
      /not a whole number/,
    );
  });

  it("queues and publishes", async () => {
    for (const value of ["one", "two"]) await run("push", "queue", { value });
    expect(await run("pop", "queue")).toEqual({ value: "one", found: true, number: 1 });
    expect(await run("publish", "channel", { value: "x" })).toMatchObject({ number: 0 });
  });

  it("says what is wrong, without the password", async () => {
    await run("push", "list", { value: "x" });
    const failures = [
      await redis.failureOf({ url, operation: "get", key: "list" }),
      await redis.failureOf({ url: url.replace("se%3Acret", "not-the-secret"), key: "a" }),
      await redis.failureOf({ url: `redis://${serverName}:${await freePort()}`, key: "a" }),
      await redis.failureOf({ url: "http://secret@x", key: "a" }),
      await redis.failureOf({ url, operation: "set", key: "a" }),
    ];
    expect(failures).toEqual([
      expect.stringMatching(/refuses: WRONGTYPE/),
      expect.stringMatching(/does not accept the sign-in|refuses/),
      expect.stringMatching(/cannot be reached/),
      expect.stringMatching(/not an address such as/),
      expect.stringMatching(/set needs a value/),
    ]);
    expect(failures.join()).not.toContain("not-the-secret");
  });
});
