import { afterAll, describe, expect, it } from "vitest";
import type { EventResource, Redelivery } from "@/lib/triggers/contract";
import { withPackages } from "../support/packages";
import { openScripted } from "../support/scripted";
import { endpointFile, triggerFile } from "../support/workflow-file";

const { cli, write, close } = await openScripted("greet");
afterAll(close);

interface Live {
  id: string;
  endpoint: { url: string };
}

const importLive = (file: string) => cli.json<Live>(["workflow", "import", file, "--deploy"]);

describe("workflow", () => {
  it("events and redeliver", async () => {
    const { id, endpoint } = await importLive(
      write("keyed.yaml", endpointFile({ path: "/keyed", inputs: { n: "integer" } })),
    );
    const { key } = await cli.json<{ key: string }>(["key", "create", "events"]);
    for (const n of [1, 1, 2]) {
      const headers = { "x-api-key": key, "idempotency-key": "order-1", "content-type": "application/json" };
      await fetch(endpoint.url, { method: "POST", headers, body: JSON.stringify({ n }) });
    }
    const { items } = await cli.json<{ items: EventResource[] }>(["workflow", "events", id]);
    expect(items.map((event) => event.outcome)).toEqual(["rejected", "duplicate", "started"]);
    const started = await cli.json<{ items: EventResource[] }>(["workflow", "events", id, "--outcome", "started"]);
    expect(started.items).toHaveLength(1);
    expect(await cli.text(["workflow", "events", id])).toMatch(/http +order-1 .*started +WorkflowRun-/);
    expect((await cli.run(["workflow", "events", id, "--outcome", "odd"])).status).toBe(2);
    const event = started.items[0]?.id ?? "";
    const [again] = await cli.json<Redelivery[]>(["workflow", "redeliver", id, event, "--version", "1"]);
    expect(await cli.json(["run", "show", again?.runId ?? ""])).toMatchObject({ inputs: { n: 1 }, source: "http" });
    const failed = await cli.run(["workflow", "redeliver", id, event, "evt_nothing"]);
    expect([failed.status, failed.stdout]).toEqual([1, expect.stringMatching(/evt_nothing +There is no such event/)]);
  });

  it("clock tells the next ten times", async () => {
    const { id } = await importLive(write("yearly.yaml", triggerFile("crongw", { foreach: "@yearly" })));
    await expect.poll(async () => (await cli.json<{ next: string[] }>(["workflow", "clock", id])).next.length).toBe(10);
    expect((await cli.text(["workflow", "clock", id])).split("\n")[0]).toMatch(/^\d{4}-01-01T00:00:00\.000Z$/);
    await cli.json(["workflow", "stop", id]);
    expect((await cli.run(["workflow", "clock", id])).status).toBe(1);
  });

  it("trigger tells how a trigger that listens does, and shows its log", async () => {
    const code = `
import asyncio
async def run(service, input_values):
    print("connected")
    await asyncio.Event().wait()
`;
    await withPackages([{ id: "listens", kind: "Source", code }], async (folder) => {
      await cli.json(["action", "push", folder]);
    });
    const { id } = await importLive(write("listens.yaml", triggerFile("listens", {})));
    await expect.poll(() => cli.text(["workflow", "trigger", id])).toMatch(/^Test listens \(listens@1.0\) is running/);
    await expect.poll(() => cli.text(["workflow", "trigger", id, "--logs"])).toMatch(/^\d{4}-\S+ connected$/m);
    await cli.json(["workflow", "stop", id]);
    expect((await cli.run(["workflow", "trigger", id])).status).toBe(1);
  });
});
