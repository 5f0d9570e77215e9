import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { Cgroups } from "./cgroups";

const folder = mkdtempSync(join(tmpdir(), "millrace-cgroups-"));
const limits = { memoryBytes: 128 << 20, cpus: 1.5, processes: 80 };
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

it("writes the limits of version 2 where one folder is for all controllers", () => {
  mkdirSync(folder, { recursive: true });
  new Cgroups({ version: 2, folders: { memory: folder, pids: folder, cpu: folder } }).create(limits);
  expect([read("1", "memory.max"), read("1", "cpu.max"), read("1", "pids.max")]).toEqual([
    String(128 << 20),
    "150000 100000",
    "80",
  ]);
});

it("writes those of version 1 to the folder of each controller", () => {
  const folders = { memory: join(folder, "memory"), pids: join(folder, "pids"), cpu: join(folder, "cpu") };
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true });
  const group = new Cgroups({ version: 1, folders }).create(limits);
  expect(read("memory", "1", "memory.limit_in_bytes")).toBe(String(128 << 20));
  expect([read("cpu", "1", "cpu.cfs_quota_us"), read("cpu", "1", "cpu.cfs_period_us")]).toEqual(["150000", "100000"]);
  expect(read("pids", "1", "pids.max")).toBe("80");
  group.add(4711);
  expect(["memory", "pids", "cpu"].map((name) => read(name, "1", "cgroup.procs"))).toEqual(["4711", "4711", "4711"]);
});

it.each([
  ["memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n"],
  ["memory.events", "low 0\nhigh 0\nmax 7\noom 2\noom_kill 2\n"],
])("counts the kills that %s tells of", (name, text) => {
  mkdirSync(folder, { recursive: true });
  const group = new Cgroups({ version: 2, folders: { memory: folder, pids: folder, cpu: folder } }).create(limits);
  expect(group.oomKills()).toBe(0);
  writeFileSync(join(folder, "1", name), text);
  expect(group.oomKills()).toBe(2);
});
