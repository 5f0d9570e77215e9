import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type StartedPostgres, startPostgres } from "@/bin/launcher/postgres";
import { freePort } from "@/lib/free-port.mjs";
import { Handler, serverName } from "../support/handler";
import { ServerProcess } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const place = new ServerProcess();
let server: StartedPostgres;
let sql: Sql;
let handler: Handler;
let memory: Memory;
let table: string;
let count = 0;

async function startServer(): Promise<void> {
  server = await startPostgres(place.folder, place.folder, "se:cret");
  sql = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
}

async function stopServer(): Promise<void> {
  await sql?.end({ timeout: 0 });
  await server?.child.stop();
}

beforeAll(async () => {
  handler = await Handler.of("postgres-listen");
  await startServer();
}, 120_000);
afterAll(async () => {
  await handler?.close();
  await stopServer();
  await place.stop();
});
beforeEach(async () => {
  memory = new Memory();
  table = `orders_${++count}`;
  await sql`create table ${sql(table)} (id bigserial primary key, text text, sum numeric, taken_at timestamptz)`;
});

const insert = (...texts: string[]) => sql`insert into ${sql(table)} ${sql(texts.map((text) => ({ text })))}`;
const left = async () =>
  (await sql`select text from ${sql(table)} where taken_at is null order by id`).map(({ text }) => text as string);
const isEmpty = async () => (await left()).length === 0;
/** A look that no notification asks for comes after the test's end. */
const listen = (more: Record<string, unknown> = {}) =>
  new ListeningTrigger(
    handler,
    { url: server.adminUrl.replace("127.0.0.1", serverName), table, channel: "new_orders", every: 600, ...more },
    memory,
  );
const hear = (more: Record<string, unknown> = {}) => listen({ source: "notification", table: "", ...more });
const rows = () => memory.list().map(({ outputs }) => JSON.parse(String(outputs.payload)).text as string);

it("takes rows that wait, in order, and those that a notification tells of", async () => {
  await sql`insert into ${sql(table)} (text, sum) values ('größe ☀', 12345678901234567890.10)`;
  await insert("2");
  const trigger = listen();
  await memory.atLeast(2);
  expect(memory.list()[0]?.outputs).toEqual({
    payload: '{"id":1,"text":"größe ☀","sum":12345678901234567890.10,"taken_at":null}',
    key: "1",
    channel: "",
  });
  await until("they are gone", isEmpty);
  await sql.begin(async (tx) => {
    await tx`insert into ${tx(table)} (text) values ('3'), ('4')`;
    await tx`notify new_orders`;
  });
  await memory.atLeast(4);
  await until("all are gone", isEmpty);
  expect(rows()).toEqual(["größe ☀", "2", "3", "4"]);
  await trigger.stop();
});

it("takes no row away that is no run yet, and takes it again after a crash", async () => {
  memory.isDown = true;
  await insert("1", "2", "3");
  const first = listen();
  await until("it has asked", () => memory.waiting === 3);
  await first.kill();
  expect([memory.asked, await left()]).toEqual([0, ["1", "2", "3"]]);
  memory.isDown = false;
  const second = listen();
  await until("they are gone", isEmpty);
  expect(rows().sort()).toEqual(["1", "2", "3"]);
  await second.stop();
});

it("takes ten thousand that wait, each once, over a crash", { timeout: 120_000 }, async () => {
  await sql`insert into ${sql(table)} (text) select generate_series(1, 10000)`;
  const first = listen();
  await memory.atLeast(2_000, 60_000);
  await first.kill();
  const second = listen();
  await until("they are gone", isEmpty, 90_000);
  await second.stop();
  expect(memory.runs.size).toBe(10_000);
  expect(new Set(rows()).size).toBe(10_000);
});

it("leaves a row that is refused where it is, and takes those around it", async () => {
  memory.isPoison = ({ payload }) => String(payload).includes("poison");
  await insert("1", "poison", "3");
  const first = listen();
  await until("the others are gone", async () => (await left()).join() === "poison");
  await insert("4");
  await sql`notify new_orders`;
  await memory.atLeast(3);
  expect(first.log).toMatch(/The row 2 of orders_\d+ was refused and is left there: .*it does not fit/);
  expect(memory.asked).toBe(4);
  await first.stop();
  memory.isPoison = () => false;
  const second = listen();
  await until("it is gone", isEmpty);
  expect(rows()).toEqual(["1", "3", "4", "poison"]);
  await second.stop();
});

it("marks instead, looks without a channel, and takes a row again that was changed meanwhile", async () => {
  memory.isDown = true;
  await insert("first");
  const trigger = listen({ after: "mark", channel: "", every: 0.2 });
  await until("it has asked", () => memory.waiting === 1);
  await sql`update ${sql(table)} set text = 'corrected'`;
  memory.isDown = false;
  await memory.atLeast(2);
  await until("it is marked", isEmpty);
  expect(rows()).toEqual(["first", "corrected"]);
  expect(await sql`select taken_at between now() - interval '1 minute' and now() as is_now from ${sql(table)}`).toEqual(
    [{ is_now: true }],
  );
  await trigger.stop();
});

it("fails when the server goes, and goes on with what waits there once it is back", async () => {
  memory.isDown = true;
  await insert("1", "2");
  const [first, heard] = [listen(), hear()];
  await until("it has asked", () => memory.waiting === 2);
  await heard.says("Listening");
  await stopServer();
  memory.isDown = false;
  expect(await first.failure()).toMatch(/PostgresError: .* (hung up|cannot go on)/);
  expect(await heard.failure()).toMatch(/PostgresError: .* hung up/);
  await startServer();
  const second = listen();
  await until("they are gone", isEmpty);
  expect(rows().sort()).toEqual(["1", "2"]);
  await second.stop();
}, 60_000);

it("takes each notification, and lets them wait with the server while runs do", async () => {
  const trigger = hear();
  await trigger.says("Listening to new_orders");
  memory.isDown = true;
  await sql`select pg_notify('new_orders', n::text) from generate_series(1, 5000) n`;
  await until("as many wait as may", () => memory.waiting === 16);
  memory.isDown = false;
  await memory.atLeast(5_000, 60_000);
  await sql`select pg_notify('new_orders', '☀')`;
  await memory.atLeast(5_001);
  expect(memory.list().at(-1)?.outputs).toEqual({ payload: "☀", key: "", channel: "new_orders" });
  expect(new Set(memory.list().map(({ outputs }) => outputs.payload)).size).toBe(5_001);
  await trigger.stop();
}, 90_000);

it("says what is wrong, without the password", async () => {
  const wrong = server.adminUrl.replace("127.0.0.1", serverName).replace(/:[^:@/]+@/, ":not-the-secret@");
  const failures = await Promise.all(
    [
      { url: wrong },
      { url: `postgresql://ada:se-cret@${serverName}:${await freePort()}/shop` },
      { url: "nothing at all" },
      { table: "nowhere" },
      { key: "number" },
      { after: "mark", mark: "done" },
      { source: "notification", channel: "" },
      { table: "" },
      { table: "pg_stat_activity", key: "pid" },
    ].map((more) => listen(more).failure()),
  );
  expect(failures).toEqual([
    expect.stringMatching(/does not take the connection: .*password authentication failed/),
    expect.stringMatching(/does not take the connection/),
    expect.stringMatching(/not an address such as/),
    expect.stringMatching(/There is no table nowhere/),
    expect.stringMatching(/has no column number/),
    expect.stringMatching(/has no column done/),
    expect.stringMatching(/channel must be given/),
    expect.stringMatching(/table and key must be given/),
    expect.stringMatching(/refuses: .*xmin/),
  ]);
  expect(failures.join()).not.toMatch(/not-the-secret|se-cret|127\./);
}, 60_000);
