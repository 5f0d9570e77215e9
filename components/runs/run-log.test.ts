import { expect, it, vi } from "vitest";
import type { LogLineResource } from "@/lib/runs/logs/contract";
import { type LogPage, RunLog } from "./run-log";

const line = (seq: number, node = "a"): LogLineResource => ({
  node,
  attempt: 1,
  seq,
  at: new Date(seq).toISOString(),
  stream: "stdout",
  line: `line ${seq}`,
});

/** A log on a server, in order, read from any place. */
function served(all: LogLineResource[], isOver: () => boolean) {
  return vi.fn(async (cursor: string | undefined, limit: number): Promise<LogPage> => {
    const after = cursor === undefined ? -1 : Number(cursor);
    const items = all.filter((item) => item.seq > after).slice(0, limit);
    return {
      items,
      cursor: String(items.at(-1)?.seq ?? after),
      ended: isOver() && items.length < limit,
    };
  });
}

it("reads a long log to its end, a first small page at once", async () => {
  const all = Array.from({ length: 25_000 }, (_, index) => line(index));
  const fetchPage = served(all, () => true);
  const log = new RunLog(fetchPage);
  await log.look();
  expect(log.snapshot()).toMatchObject({ count: 25_000, hasEnded: true, isLoading: false });
  expect(fetchPage.mock.calls.map(([, limit]) => limit)).toEqual([1_000, 10_000, 10_000, 10_000]);
});

it("goes on from where it was when there is more", async () => {
  const all = [line(1)];
  const log = new RunLog(served(all, () => false));
  await log.look();
  all.push(line(2));
  await log.look();
  expect(log.snapshot().lines.map((item) => item.seq)).toEqual([1, 2]);
  expect(log.snapshot().hasEnded).toBe(false);
});

it("finds lines that were written late, once the run is over", async () => {
  const all = [line(1), line(5)];
  let isOver = false;
  const log = new RunLog(served(all, () => isOver));
  await log.look();
  all.splice(1, 0, line(3, "b"));
  isOver = true;
  await log.look();
  expect(log.snapshot().lines.map((item) => item.seq)).toEqual([1, 3, 5]);
});

it("keeps what it has when a read fails, and tries again when asked", async () => {
  const fetchPage = vi
    .fn<() => Promise<LogPage>>()
    .mockRejectedValueOnce(new Error("away"))
    .mockResolvedValueOnce({ items: [line(1)], cursor: "1", ended: true });
  const log = new RunLog(fetchPage);
  await log.look();
  expect(log.snapshot().error?.message).toBe("away");
  await log.look();
  expect(log.snapshot()).toMatchObject({ count: 1, error: null });
});
