import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EventStream, pauseBefore, type StreamListener } from "./event-stream";

const encoder = new TextEncoder();

function answer(...texts: string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(encoder.encode(text));
      controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

function listener() {
  return { change: vi.fn(), missed: vi.fn(), status: vi.fn(), refused: vi.fn() } satisfies StreamListener;
}

const answers: (() => Response | Promise<Response>)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = 0;
  vi.stubGlobal(
    "fetch",
    vi.fn(() => (answers.shift() ?? (() => new Promise<Response>(() => {})))()),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("tells changes, wherever the network has cut the text", async () => {
  const told = listener();
  answers.push(() => answer('event: change\ndata: {"topics":["ru', 'ns"],"runs":["a"]}\n', "\n: still here\n\n"));
  const stream = new EventStream("p1", told);
  void stream.run();
  await vi.waitFor(() => expect(told.change).toHaveBeenCalledWith({ topics: ["runs"], runs: ["a"] }));
  stream.stop();
});

it("comes back after a lost connection and says that changes may have been missed", async () => {
  const told = listener();
  answers.push(
    () => answer(": open\n\n"),
    () => Promise.reject(new TypeError("network")),
    () => answer(": open\n\n"),
  );
  const stream = new EventStream("p1", told);
  void stream.run();
  await vi.advanceTimersByTimeAsync(10_000);
  // Once for each opening, the first included: the page was made before.
  expect(told.missed).toHaveBeenCalledTimes(2);
  expect(told.status.mock.calls.map(([status]) => status).slice(0, 3)).toEqual(["connecting", "open", "lost"]);
  stream.stop();
});

it("stays away once the server says that the session has ended", async () => {
  const told = listener();
  answers.push(() => Response.json({ message: "Sign in", code: "unauthorized" }, { status: 401 }));
  await new EventStream("p1", told).run();
  expect(told.refused).toHaveBeenCalledWith(expect.objectContaining({ status: 401 }));
});

it("waits longer each time, to a limit", () => {
  expect([0, 1, 4, 20].map((attempt) => pauseBefore(attempt, 1))).toEqual([500, 1_000, 8_000, 30_000]);
  expect(pauseBefore(20, 0)).toBe(15_000);
});
