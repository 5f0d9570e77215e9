import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Handler, testProject } from "../support/handler";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const root = mkdtempSync(join(tmpdir(), "millrace-folder-"));
const away = join(root, "away");
let handler: Handler;
let memory: Memory;
let folder: string;
let path: string;
let count = 0;
beforeAll(async () => {
  mkdirSync(join(root, "in"));
  // Sandboxes of root's runnerd are other users, to whom the operator opens it.
  for (const place of [root, join(root, "in")]) chmodSync(place, 0o777);
  const folders = [
    `incoming=${join(root, "in")}:${testProject}:rw`,
    `readable=${join(root, "in")}:${testProject}`,
    `away=${away}:${testProject}`,
    `theirs=${join(root, "in")}:project2:rw`,
  ];
  handler = await Handler.of("folder-watch", undefined, folders.join(";"));
}, 120_000);
afterAll(async () => {
  await handler?.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  memory = new Memory();
  path = `in-${++count}`;
  folder = join(root, "in", path);
  mkdirSync(folder);
  chmodSync(folder, 0o777);
});

const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
const listen = (more: Record<string, unknown> = {}) =>
  new ListeningTrigger(handler, { folder: "incoming", path, every: 0.1, settle: 0.1, ...more }, memory);
const taken = () =>
  memory.list().map(({ outputs, files }) => [String(outputs.path).slice(path.length + 1), files.file]);
const there = () => readdirSync(folder).sort();

it("takes files that are there and that come, by pattern, each once, and again when they change", async () => {
  put("a.csv", "one");
  put("b.txt", "no table");
  const trigger = listen({ pattern: "*.csv", recursive: true });
  const [first] = await memory.atLeast(1);
  expect(first?.outputs).toMatchObject({
    path: `${path}/a.csv`,
    size: 3,
    modified: expect.stringMatching(/^20.*\+00:00$/),
  });
  mkdirSync(join(folder, "deep"));
  put("deep/ü ☀.csv", "two");
  await memory.atLeast(2);
  put("a.csv", "one, and more");
  await memory.atLeast(3);
  put("last.csv", "three");
  await memory.atLeast(4);
  expect(taken()).toEqual([
    ["a.csv", "one"],
    ["deep/ü ☀.csv", "two"],
    ["a.csv", "one, and more"],
    ["last.csv", "three"],
  ]);
  await trigger.stop();
});

it("takes no file that is still being written", async () => {
  put("slow.csv", "");
  const trigger = listen({ settle: 1.5 });
  for (let line = 0; line < 20; line++) {
    appendFileSync(join(folder, "slow.csv"), `line ${line}\n`);
    await delay(100);
  }
  const [run] = await memory.atLeast(1);
  expect(run?.files.file?.split("\n")).toHaveLength(21);
  await trigger.stop();
});

it("moves what is a run only, and takes again after a crash what was none yet", async () => {
  memory.isDown = true;
  for (const name of ["1.csv", "2.csv", "3.csv"]) put(name, name);
  const first = listen({ after: "move", move_to: `${path}/done`, recursive: true });
  await until("it has asked", () => memory.waiting === 3);
  await first.kill();
  expect([memory.asked, there()]).toEqual([0, ["1.csv", "2.csv", "3.csv"]]);
  memory.isDown = false;
  const second = listen({ after: "move", move_to: `${path}/done`, recursive: true });
  await until("they are moved", () => there().join() === "done" && readdirSync(join(folder, "done")).length === 3);
  put("1.csv", "another one");
  await until("it is moved", () => there().join() === "done");
  expect(readdirSync(join(folder, "done")).sort()).toEqual(["1-2.csv", "1.csv", "2.csv", "3.csv"]);
  expect(memory.runs.size).toBe(4);
  await second.stop();
});

it("takes ten thousand that wait, each once, over a crash", { timeout: 120_000 }, async () => {
  for (let number = 0; number < 10_000; number++) put(String(number), String(number));
  const first = listen({ after: "delete" });
  await memory.atLeast(2_000, 60_000);
  await first.kill();
  const second = listen({ after: "delete" });
  await until("they are gone", () => there().length === 0, 90_000);
  await second.stop();
  expect(memory.runs.size).toBe(10_000);
  expect(new Set(taken().map(([, content]) => content)).size).toBe(10_000);
});

it("leaves what is refused, too large or closed where it is, and takes those around it", async () => {
  memory.isPoison = ({ path: name }) => String(name).endsWith("poison");
  const names = ["1", "poison", "2", "large", "3", "closed", "4"];
  for (const [index, name] of names.entries()) {
    put(name, name === "large" ? "x".repeat(2 << 20) : name);
    utimesSync(join(folder, name), 1e9 + index, 1e9 + index);
  }
  chmodSync(join(folder, "closed"), 0o000);
  const trigger = listen({ after: "delete", max_megabytes: 1 });
  await until("the others are gone", () => there().join() === "closed,large,poison");
  put("5", "5");
  await memory.atLeast(5);
  expect(taken().map(([name]) => name)).toEqual(["1", "2", "3", "4", "5"]);
  expect(trigger.log).toMatch(/large was left out/);
  expect(trigger.log).toMatch(/poison was refused: .*it does not fit/);
  expect(trigger.log.match(/closed in the folder incoming cannot be used: Permission denied/g)).toHaveLength(1);
  chmodSync(join(folder, "closed"), 0o666);
  await until("it is gone too", () => there().join() === "large,poison");
  await trigger.stop();
});

it("remembers over restarts what it has kept, and may begin with new files", async () => {
  put("old", "old");
  const first = listen({ start: "new files" });
  await first.says("Watching");
  put("new", "new");
  await memory.atLeast(1);
  await until("it is remembered", () => [...memory.cursors.values()].filter((value) => value.length > 10).length > 1);
  await first.stop();
  memory.runs.clear();
  put("newer", "newer");
  const second = listen({ start: "new files" });
  await memory.atLeast(1);
  expect(taken()).toEqual([["newer", "newer"]]);
  await second.stop();
});

it("says how a folder is granted, and what else is wrong", async () => {
  const failures = await Promise.all(
    [
      { folder: "nowhere" },
      { folder: "theirs" },
      { folder: "away", path: "" },
      { folder: "readable", after: "delete" },
      { path: "../.." },
      { path: "missing" },
      { after: "move", move_to: path },
    ].map((more) => listen(more).failure()),
  );
  const granting = (name: string) =>
    expect.stringContaining(
      `There is no folder ${name} for this project. The server's operator grants it: MILLRACE_FOLDERS=${name}=/PATH:${testProject}`,
    );
  expect(failures).toEqual([
    granting("nowhere"),
    granting("theirs"),
    expect.stringMatching(/The folder away is not there on the server at present/),
    expect.stringMatching(/granted to be read only: its operator adds :rw/),
    expect.stringMatching(/must not lead out of the folder/),
    expect.stringMatching(/missing in the folder incoming is not there/),
    expect.stringMatching(/move_to must be another folder/),
  ]);
  mkdirSync(away, { mode: 0o777 });
  const trigger = listen({ folder: "away", path: "" });
  await trigger.says("Watching away");
  await trigger.stop();
});
