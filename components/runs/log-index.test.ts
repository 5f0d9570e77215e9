import { expect, it } from "vitest";
import type { LogLineResource } from "@/lib/runs/logs/contract";
import { LogIndex } from "./log-index";

const line = (text: string, attempt = 1): LogLineResource => ({
  node: "a",
  attempt,
  seq: 0,
  at: new Date(0).toISOString(),
  stream: "stdout",
  line: text,
});

it("shows what is of a chosen level and holds the text, and counts all", () => {
  const lines = ["ERROR no rain", "  at the sea", "INFO rain", "WARN no Rain", "DEBUG sun"].map((text) => line(text));
  const index = new LogIndex(lines);
  const all = index.read(5, { text: "", levels: [] });
  expect(all).toMatchObject({ places: null, total: 5, hasRetries: false });
  expect(all.counts).toEqual({ error: 2, warning: 1, info: 1, debug: 1, system: 0 });
  expect(index.read(5, { text: "", levels: ["error"] }).places).toEqual([0, 1]);
  expect(index.read(5, { text: "rain", levels: ["error", "warning"] }).places).toEqual([0, 3]);
  expect(index.read(5, { text: "rain", levels: [] }).places).toEqual([0, 2, 3]);
  expect(index.read(5, { text: "snow", levels: [] })).toMatchObject({ places: [], total: 0 });
});

it("looks at each line once while the log grows", () => {
  let reads = 0;
  const counted = (text: string) => {
    const made = line(text);
    return Object.defineProperty(made, "line", {
      get: () => {
        reads++;
        return text;
      },
    });
  };
  const lines = Array.from({ length: 1_000 }, () => counted("INFO rain"));
  const index = new LogIndex(lines);
  const filter = { text: "rain", levels: ["info" as const] };
  expect(index.read(1_000, filter).total).toBe(1_000);
  const readOnce = reads;
  lines.push(counted("INFO more rain"), line("ERROR sun", 2));
  expect(index.read(1_002, filter)).toMatchObject({ total: 1_001, hasRetries: true });
  // Its level once and its text once, of the one line that was added here.
  expect(reads - readOnce).toBe(2);
});
