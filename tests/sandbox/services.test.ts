import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import type { Language } from "@/workers/action-runtime/protocol";
import { maxRequests } from "@/workers/listening/requests";
import { TestRunnerd } from "../support/runnerd";
import { until } from "../support/wait";

const code: Record<Language, string> = {
  python: `
import asyncio
async def run(service, inputs):
    async def answer(reader, writer):
        writer.write(inputs["ryax_endpoint_prefix"].encode() + await reader.read(5))
        writer.close()
    await asyncio.start_server(answer, "0.0.0.0", inputs["ryax_endpoint_port"])
    await asyncio.Event().wait()
`,
  node: `
exports.run = (service, inputs) => new Promise((resolve) => {
  const server = require("node:net").createServer((socket) => {
    socket.once("data", (data) => socket.end(inputs.ryax_endpoint_prefix + data));
  });
  server.listen(inputs.ryax_endpoint_port);
});
`,
};

/** What is said to one connection: whether anybody listens, then whatever that one says. */
async function say(path: string): Promise<string> {
  const socket = connect({ path, allowHalfOpen: true });
  await once(socket, "connect");
  socket.write("hello");
  return text(socket);
}

it.each(["L0", "L1", "L2", "L3"])(
  "held at %s, what a process listens on is reached, or is said not to be",
  async (held) => {
    const runnerd = await TestRunnerd.start({ MILLRACE_SANDBOX_LEVEL: held });
    try {
      for (const language of ["python", "node"] as const) {
        const trigger = { outputs: [], maxRequests };
        const spec = { trigger, service: { port: null, prefix: "/hooks" } };
        const request = {
          spec: await runnerd.specOf({ code: code[language], language, spec }),
          inputs: {},
          files: [],
          timeoutMs: null,
          run: { runId: "test", attempt: 1 },
        };
        const nothing = () => {};
        const handlers = { lines: nothing, file: nothing, chunk: nothing, fileEnd: nothing, progress: nothing };
        const started: (string | null)[] = [];
        const listening = runnerd.client.listen(request, { ...handlers, started: (path) => started.push(path) });
        await until("it has been started", () => started.length > 0);
        const [path = null] = started;
        if (runnerd.report.level === "L2") expect(path).toBeNull();
        else {
          await until("it answers", async () => (await say(path ?? "")) === "\u0001/hookshello");
          // More at a time than are kept to spare.
          const all = await Promise.all([...Array(20)].map(() => say(path ?? "")));
          expect(new Set(all)).toEqual(new Set(["\u0001/hookshello"]));
        }
        listening.stop(0);
        await listening.ended;
        if (path) await expect(say(path)).rejects.toThrow(/ENOENT|ECONNREFUSED/);
      }
    } finally {
      await runnerd.stop();
    }
  },
);
