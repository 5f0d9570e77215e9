import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { borrow } from "../support/borrow";
import { type Handler, serverName } from "../support/handler";
import { findServer, ServerProcess, startPython } from "../support/servers";
import { startSsh } from "../support/ssh-server";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const { closing, handlerOf } = borrow();

let memory: Memory;
beforeEach(() => {
  memory = new Memory();
});

const taken = () => memory.list().map(({ outputs, files }) => [outputs.path, files.file]);

const sshd = findServer("sshd");
describe.skipIf(!sshd)("sftp-watch", () => {
  const server = new ServerProcess();
  let handler: Handler;
  let basics: Record<string, unknown>;
  let folder: string;
  let count = 0;
  let root: string;
  beforeAll(async () => {
    handler = await handlerOf("sftp-watch");
    closing.push(() => server.stop());
    ({ root, basics } = await startSsh(server, sshd as string));
  }, 120_000);
  beforeEach(() => {
    folder = join(root, `in-${++count}`);
    mkdirSync(folder);
  });
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  const listen = (more: Record<string, unknown> = {}) =>
    new ListeningTrigger(
      handler,
      { ...basics, path: folder, every: 1, settle: 0.5, pattern: "*.csv", ...more },
      memory,
    );

  it("takes files that are there and that come, by pattern, each once, and again when they change", async () => {
    put("a.csv", "one");
    put("b.txt", "no table");
    const trigger = listen();
    await memory.atLeast(1);
    put("ü ☀.csv", "two");
    await memory.atLeast(2);
    put("a.csv", "one, and more");
    await memory.atLeast(3);
    put("last.csv", "three");
    await memory.atLeast(4);
    expect(memory.asked).toBe(4);
    expect(taken()).toEqual([
      [join(folder, "a.csv"), "one"],
      [join(folder, "ü ☀.csv"), "two"],
      [join(folder, "a.csv"), "one, and more"],
      [join(folder, "last.csv"), "three"],
    ]);
    await trigger.stop();
  }, 60_000);

  it("takes no file that is still being written", async () => {
    put("slow.csv", "");
    const trigger = listen({ settle: 2 });
    await trigger.says("Watching");
    for (let line = 0; line < 10; line++) {
      appendFileSync(join(folder, "slow.csv"), `line ${line}\n`);
      await delay(400);
    }
    const [run] = await memory.atLeast(1);
    expect(run?.files.file?.split("\n")).toHaveLength(11);
    put("last.csv", "");
    await memory.atLeast(2);
    expect(memory.asked).toBe(2);
    await trigger.stop();
  }, 60_000);

  it("knows after a crash what it has taken, and deletes what is a run only", async () => {
    for (const name of ["1", "2", "3"]) put(`${name}.csv`, name);
    const first = listen({ after: "delete" });
    await until("they are gone", () => readdirSync(folder).length === 0, 20_000);
    expect(memory.runs.size).toBe(3);
    memory.isDown = true;
    put("4.csv", "4");
    await until("it has asked", () => memory.waiting === 1);
    expect(readdirSync(folder)).toEqual(["4.csv"]);
    await first.kill();
    memory.isDown = false;
    const second = listen({ after: "delete" });
    await until("the last one is gone", () => readdirSync(folder).length === 0, 20_000);
    expect(memory.runs.size).toBe(4);
    await second.stop();
  }, 90_000);

  it("does not take again what it has kept, whatever has become of the runs", async () => {
    put("kept.csv", "x");
    const first = listen();
    await first.says("was taken");
    await until("it is remembered", () => [...memory.cursors.values()].some((value) => value.length > 10));
    await first.stop();
    memory.runs.clear();
    put("new.csv", "y");
    const second = listen();
    await memory.atLeast(1);
    // The older one would have come before it.
    expect(taken()).toEqual([[join(folder, "new.csv"), "y"]]);
    await second.stop();
  }, 60_000);

  it("may begin with new files, goes into folders, and leaves out what is too large", async () => {
    put("old.csv", "old");
    const trigger = listen({ start: "new files", recursive: true, max_megabytes: 1 });
    await trigger.says("Watching");
    mkdirSync(join(folder, "deep"));
    put("deep/new.csv", "new");
    put("huge.csv", "x".repeat(2 << 20));
    await memory.atLeast(1);
    await trigger.says("was left out");
    expect(taken()).toEqual([[join(folder, "deep/new.csv"), "new"]]);
    await trigger.stop();
  }, 60_000);

  it("leaves out what is refused, says which, leaves it there and does not ask again", async () => {
    memory.isPoison = ({ path }) => String(path).endsWith("poison.csv");
    for (const name of ["1", "poison"]) put(`${name}.csv`, name);
    // A name that is no text.
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xfc]), Buffer.from(".csv")]), "3");
    const trigger = listen({ after: "delete" });
    await until("the others are gone", () => readdirSync(folder).join() === "poison.csv");
    put("4.csv", "4");
    await until("it is gone, too", () => readdirSync(folder).join() === "poison.csv" && memory.runs.size === 3);
    expect([memory.asked, trigger.log]).toEqual([
      4,
      expect.stringMatching(/poison\.csv was refused: .*it does not fit/),
    ]);
    expect(taken()).toContainEqual([join(folder, "\\xfc.csv"), "3"]);
    await trigger.stop();
  }, 60_000);

  it("says why it does not work", async () => {
    expect(await listen({ path: "/nowhere" }).failure()).toMatch(/\/nowhere is not there/);
    expect(await listen({ username: "nobody-here" }).failure()).toMatch(/does not accept the sign-in/);
    expect(await listen({ port: await freePort() }).failure()).toMatch(
      /no SSH server that can be used|cannot be reached/,
    );
  }, 60_000);
});

describe("s3-watch", () => {
  let handler: Handler;
  let basics: Record<string, unknown>;
  let upload: Handler;
  let list: Handler;
  let prefix: string;
  let count = 0;
  beforeAll(async () => {
    const port = await freePort();
    handler = await handlerOf("s3-watch");
    [upload, list] = [await handlerOf("s3-upload"), await handlerOf("s3-list")];
    const server = await startPython("s3.py", [String(port)], port);
    closing.push(() => server.stop());
    const endpoint = `http://${serverName}:${port}`;
    basics = { endpoint, region: "us-east-1", access_key: "ada", secret_key: "se:cret/+", bucket: "incoming" };
    await fetch(`http://127.0.0.1:${port}/incoming`, { method: "PUT" });
  }, 240_000);
  beforeEach(() => {
    prefix = `${++count}/`;
  });
  const put = (key: string, content: string) =>
    upload.outputsOf({ ...basics, key: prefix + key, file: { name: "object", content } });
  const isThere = async (key: string) => {
    const { items } = await list.outputsOf({ ...basics, prefix: prefix + key });
    return items !== "[]";
  };
  const listen = (more: Record<string, unknown> = {}) =>
    new ListeningTrigger(handler, { ...basics, prefix, every: 1, ...more }, memory);

  it("takes objects that are there and that come, each once, and again when they change", async () => {
    await put("deep/a.csv", "one");
    const trigger = listen({ pattern: "*.csv" });
    await memory.atLeast(1);
    await put("b.csv", "two");
    await put("c.txt", "no table");
    await memory.atLeast(2);
    await put("b.csv", "three");
    await memory.atLeast(3);
    await put("d.csv", "four");
    await memory.atLeast(4);
    expect(memory.asked).toBe(4);
    expect(taken()).toEqual([
      [`${prefix}deep/a.csv`, "one"],
      [`${prefix}b.csv`, "two"],
      [`${prefix}b.csv`, "three"],
      [`${prefix}d.csv`, "four"],
    ]);
    await trigger.stop();
  }, 60_000);

  it("deletes what is a run only, and takes the rest after a crash", async () => {
    memory.isDown = true;
    await put("a", "one");
    const first = listen({ after: "delete" });
    await until("it has asked", () => memory.waiting === 1);
    await first.kill();
    expect(await isThere("a")).toBe(true);
    memory.isDown = false;
    const second = listen({ after: "delete" });
    await until("it is gone", async () => !(await isThere("a")), 20_000);
    expect(taken()).toEqual([[`${prefix}a`, "one"]]);
    await second.stop();
  }, 60_000);

  it("leaves out what is refused, says which, leaves it there and does not ask again", async () => {
    memory.isPoison = ({ path }) => String(path).endsWith("poison");
    for (const name of ["1", "poison"]) await put(name, name);
    const trigger = listen({ after: "delete" });
    await until("the other one is gone", async () => !(await isThere("1")));
    await put("3", "three");
    await until("it is gone, too", async () => !(await isThere("3")));
    expect([memory.asked, memory.runs.size, await isThere("poison")]).toEqual([3, 2, true]);
    expect(trigger.log).toMatch(/poison was refused: .*it does not fit/);
    await trigger.stop();
  }, 60_000);

  it("says why it does not work", async () => {
    expect(await listen({ bucket: "no-such-bucket" }).failure()).toMatch(/NoSuchBucket/);
    const absent = { endpoint: `http://${serverName}:${await freePort()}` };
    expect(await listen(absent).failure()).toMatch(/cannot be reached/);
  }, 60_000);
});
