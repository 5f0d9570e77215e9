import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { Handler, serverName } from "../support/handler";
import { findServer, ServerProcess } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const server = new ServerProcess();
afterAll(() => server.stop());
const json = (value: unknown) => JSON.parse(String(value));

const redisServer = findServer("redis-server");
describe.skipIf(!redisServer)("redis-stream", () => {
  let handler: Handler;
  let port: number;
  let url: string;
  let memory: Memory;
  let stream: string;
  let count = 0;
  const cli = (...args: string[]) =>
    execFileSync(findServer("redis-cli") ?? "", ["-p", String(port), ...args])
      .toString()
      .trim();
  const add = (...values: (string | number)[]) =>
    execFileSync(findServer("redis-cli") ?? "", ["-p", String(port)], {
      input: values.map((value) => `XADD ${stream} * n ${value}\n`).join(""),
    });
  const pending = () => Number(cli("XPENDING", stream, "millrace").split("\n")[0]);
  const listen = (more: Record<string, unknown> = {}) =>
    new ListeningTrigger(handler, { url, stream, ...more }, memory);
  const numbers = () => memory.list().map(({ outputs }) => json(outputs.fields).n as string);
  beforeAll(async () => {
    handler = await Handler.of("redis-stream");
    port = await freePort();
    await server.start(redisServer as string, ["--port", String(port), "--save", ""], port);
    url = `redis://${serverName}:${port}/0`;
  }, 120_000);
  afterAll(() => handler?.close());
  beforeEach(() => {
    memory = new Memory();
    stream = `orders-${++count}`;
  });

  it("takes what waits and what comes, in order, and acknowledges it", async () => {
    add(1, 2);
    const trigger = listen();
    await memory.atLeast(2);
    add("drei-☀");
    const [first] = await memory.atLeast(3);
    expect(first?.outputs).toMatchObject({ stream, id: expect.stringMatching(/^\d+-\d+$/) });
    expect(first?.identity).toBe(`${stream} ${first?.outputs.id}`);
    expect(numbers()).toEqual(["1", "2", "drei-☀"]);
    await until("all is acknowledged", () => pending() === 0);
    await trigger.stop();
  });

  it("acknowledges nothing that is no run yet, and takes it again after a crash", async () => {
    memory.isDown = true;
    add(1, 2, 3);
    const first = listen();
    await until("it has taken them", () => pending() === 3);
    await first.kill();
    expect([memory.asked, pending()]).toEqual([0, 3]);
    memory.isDown = false;
    const second = listen();
    await memory.atLeast(3);
    await until("all is acknowledged", () => pending() === 0);
    await second.stop();
    expect(numbers()).toEqual(["1", "2", "3"]);
  });

  it("leaves out what is refused, says which, acknowledges it and does not ask again", async () => {
    memory.isPoison = ({ fields }) => json(fields).n === "poison";
    add(1, "poison", 3);
    const first = listen();
    await memory.atLeast(2);
    await until("all is acknowledged", () => pending() === 0);
    await first.stop();
    const second = listen();
    add(4);
    await memory.atLeast(3);
    expect([numbers(), memory.asked]).toEqual([["1", "3", "4"], 4]);
    expect(first.log).toMatch(new RegExp(`${stream} \\d+-\\d+ was refused: .*it does not fit`));
    await second.stop();
  });

  it("takes ten thousand that wait, each once, over a crash", { timeout: 120_000 }, async () => {
    add(...Array(10_000).keys());
    const first = listen();
    await memory.atLeast(2_000, 60_000);
    await first.kill();
    const second = listen();
    await memory.atLeast(10_000, 90_000);
    await until("all is acknowledged", () => pending() === 0);
    await second.stop();
    expect(memory.runs.size).toBe(10_000);
    expect(new Set(numbers()).size).toBe(10_000);
  });

  it("may begin with what is new, and says what is wrong", async () => {
    add(1);
    const trigger = listen({ start: "new entries" });
    await trigger.says("Listening to");
    add(2);
    await memory.atLeast(1);
    expect(numbers()).toEqual(["2"]);
    await trigger.stop();
    expect(await listen({ url: `redis://${serverName}:${await freePort()}` }).failure()).toMatch(/cannot be reached/);
    expect(await listen({ url: "nothing" }).failure()).toMatch(/not an address/);
    cli("SET", `${stream}-text`, "x");
    expect(await listen({ stream: `${stream}-text` }).failure()).toMatch(/refuses: WRONGTYPE/);
  });

  it("fails when the server goes, to be started again", async () => {
    const trigger = listen();
    await trigger.says("Listening to");
    cli("CLIENT", "KILL", "TYPE", "normal");
    expect(await trigger.failure()).toMatch(/StreamError: .* cannot be reached/);
  });
});
