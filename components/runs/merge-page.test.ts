import { expect, it } from "vitest";
import type { RunSummary } from "@/lib/runs/contract";
import { mergeFirstPage, type RunPages, replaceRun } from "./merge-page";

function run(minute: number, state: RunSummary["state"] = "completed"): RunSummary {
  const createdAt = `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`;
  return {
    id: `run-${minute}`,
    state,
    workflow: { id: "wf", name: "Weather" },
    version: 1,
    source: "http",
    createdAt,
    startedAt: createdAt,
    finishedAt: createdAt,
    durationMs: 0,
    cancelRequested: false,
    http: null,
    error: null,
  };
}

const known: RunPages = {
  pages: [
    { items: [run(9), run(8)], nextCursor: "after-8" },
    { items: [run(7), run(6)], nextCursor: "after-6" },
  ],
  pageParams: [undefined, "after-8"],
};
const idsOf = (pages: RunPages) => pages.pages.flatMap((page) => page.items.map((item) => item.id));

it("puts new runs in front and keeps what lies below the fresh page, with its cursor", () => {
  const merged = mergeFirstPage(known, { items: [run(10), run(9, "failed")], nextCursor: "after-9" });
  expect(idsOf(merged)).toEqual(["run-10", "run-9", "run-8", "run-7", "run-6"]);
  expect(merged.pages[0]?.items[1]?.state).toBe("failed");
  expect(merged.pages.at(-1)?.nextCursor).toBe("after-6");
});

it("drops what the fresh page would hold and does not: it was deleted, or no longer matches", () => {
  const merged = mergeFirstPage(known, { items: [run(10), run(7)], nextCursor: "after-7" });
  expect(idsOf(merged)).toEqual(["run-10", "run-7", "run-6"]);
});

it("ends where a fresh page says that nothing follows", () => {
  const merged = mergeFirstPage(known, { items: [run(9)], nextCursor: null });
  expect([idsOf(merged), merged.pages[0]?.nextCursor]).toEqual([["run-9"], null]);
});

it("replaces one run wherever it stands", () => {
  const replaced = replaceRun(known, run(6, "failed"));
  expect(replaced.pages[1]?.items.map((item) => item.state)).toEqual(["completed", "failed"]);
});
