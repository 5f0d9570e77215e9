import { NativeConnection, Runtime, Worker } from "@temporalio/worker";
import * as activities from "./activities";
import { bareQueue } from "./queue";

/** The yardstick's worker: Temporal alone, with nothing of Millrace. Arguments: the server's address, the bundle's file. */
const [address = "", bundle = ""] = process.argv.slice(2);
Runtime.install({ logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error } });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue: bareQueue,
  workflowBundle: { codePath: bundle },
  activities,
  maxConcurrentLocalActivityExecutions: 400,
  maxConcurrentWorkflowTaskExecutions: 200,
  maxCachedWorkflows: 2_000,
});
process.on("disconnect", () => worker.shutdown());
const running = worker.run();
process.send?.({ ready: true });
await running;
process.exit(0);
