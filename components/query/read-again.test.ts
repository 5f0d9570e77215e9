import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it } from "vitest";
import { readAgain } from "./read-again";

const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  client.clear();
});

/** A query that is shown, whose reads are answered by hand. */
function shown(key: string) {
  const reads: ((value: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => reads.push(resolve));
  const observer = new QueryObserver(client, { queryKey: ["p1", key], queryFn });
  stops.push(observer.subscribe(() => {}));
  const answer = (index: number, value: string) => {
    reads[index]?.(value);
    return new Promise((done) => setTimeout(done, 5));
  };
  return { reads, answer, data: () => observer.getCurrentResult().data };
}

it("reads once more what was first being read when it changed, however often it changed", async () => {
  const query = shown("run");
  readAgain(client, ["p1"]);
  readAgain(client, ["p1", "run"]);
  await query.answer(0, "running");
  expect(query.reads).toHaveLength(2);
  await query.answer(1, "completed");
  expect([query.reads.length, query.data()]).toEqual([2, "completed"]);
});

it("leaves a later read that is under way for a newer one", async () => {
  const query = shown("run");
  await query.answer(0, "queued");
  readAgain(client, ["p1", "run"]);
  readAgain(client, ["p1", "run"]);
  await query.answer(2, "completed");
  await query.answer(1, "running");
  expect([query.reads.length, query.data()]).toEqual([3, "completed"]);
});

it("reads nothing that another key names", async () => {
  const query = shown("run");
  await query.answer(0, "queued");
  readAgain(client, ["p2"]);
  expect(query.reads).toHaveLength(1);
});
