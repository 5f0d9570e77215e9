import { expect, it } from "vitest";
import type { LogLineResource } from "@/lib/runs/logs/contract";
import { LevelReader } from "./log-level";

const said = (line: string, about: Partial<LogLineResource> = {}) =>
  ({ node: "a", attempt: 1, stream: "stderr", line, ...about }) as const;

const levelsOf = (lines: ReturnType<typeof said>[]) => {
  const reader = new LevelReader();
  return lines.map((line) => reader.next(line));
};

it.each([
  ["2026-01-01 ERROR no such city", "error"],
  ["Traceback (most recent call last):", "error"],
  ["ValueError: bad", "error"],
  ["requests.exceptions.HTTPError: 404", "error"],
  ['{"time":"2026-01-01","pid":7,"level":"error","msg":"no such city"}', "error"],
  ['{"level":50,"time":1767225600000,"msg":"no such city"}', "error"],
  ["ts=2026-01-01 level=warn msg=slow", "warning"],
  ["WARNING:root:slow", "warning"],
  ["[warn] slow", "warning"],
  ["info: started", "info"],
  ["DEBUG:urllib3: GET", "debug"],
  ["42 records, no errors", "info"],
  ["constructor: made", "info"],
] as const)("%s is %s", (line, level) => expect(levelsOf([said(line)])).toEqual([level]));

it("marks what Millrace itself says", () => {
  expect(levelsOf([said("ERROR", { stream: "system" })])).toEqual(["system"]);
});

it("keeps a traceback with the line it belongs to, to the exception at its end", () => {
  const lines = [
    "INFO asking",
    "ERROR it could not be asked",
    "Traceback (most recent call last):",
    '  File "handler.py", line 3, in handle',
    '    log.debug("DEBUG asking")',
    "KeyError: 'city'",
    "",
    "During handling of the above exception, another exception occurred:",
    "",
    "Traceback (most recent call last):",
    '  File "handler.py", line 5, in handle',
    "weather.NoSuchCity: Atlantis",
    "going on",
  ];
  expect(levelsOf(lines.map((line) => said(line)))).toEqual(["info", ...Array(11).fill("error"), "info"]);
});

it("keeps what was printed over several lines together, whatever others say between", () => {
  const lines = [
    said("WARN odd answer: {"),
    said("DEBUG polling", { node: "b" }),
    said('  "city": "Atlantis"'),
    said("}"),
    said("   indented for looks", { node: "b" }),
    said("  INFO indented, with a level of its own"),
  ];
  expect(levelsOf(lines)).toEqual(["warning", "debug", "warning", "warning", "debug", "info"]);
});
