import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Client, Connection } from "@temporalio/client";
import { bareQueue } from "./queue";

/**
 * The yardstick's web: JSON in, a workflow started and waited for in the cheapest way there is for a client that is not
 * the worker (start, then the server's long poll for the result), JSON out. Argument: the server's address.
 */
const [address = ""] = process.argv.slice(2);
const client = new Client({ connection: await Connection.connect({ address }) });
const workflows: Record<string, string> = { "/chain": "chain", "/fan-out": "fanOut" };

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (data) => {
    text += data;
  });
  request.on("end", async () => {
    const { name } = JSON.parse(text) as { name: string };
    const greeting = await client.workflow.execute(workflows[request.url ?? ""] ?? "", {
      workflowId: randomUUID(),
      taskQueue: bareQueue,
      args: [name],
    });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ greeting }));
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on("disconnect", () => process.exit(0));
