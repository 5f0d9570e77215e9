import { randomUUID } from "node:crypto";
import type { Duration } from "@temporalio/common";
import { DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { closeDatabase } from "@/lib/db";
import { endWithLauncher } from "@/lib/end-with-launcher";
import { env } from "@/lib/env";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import {
  cleanUpScheduleId,
  closeTemporal,
  listenerQueue,
  queues,
  reconcileScheduleId,
  ScheduleAlreadyRunning,
  temporalClient,
  temporalConnectionOptions,
  temporalDataConverter,
  workerQueue,
} from "@/lib/temporal";
import { traceToFile } from "@/lib/trace";
import { RunnerdClient } from "./action-runtime/client";
import { createActivities } from "./activities";
import { DependencyStore } from "./builds/dependency-store";
import { readConfig } from "./config";
import { Presence } from "./presence";
import { Services } from "./services/services";
import { Grants } from "./steps/grants";
import { InFlight } from "./steps/in-flight";
import { Ledger } from "./steps/ledger";
import { OpenRuns } from "./steps/open-runs";
import { PackageStore } from "./steps/packages";
import { RunCarrier } from "./steps/run-carrier";
import { StepPlaces } from "./steps/step-places";
import { Trials } from "./trials/trials";
import { watchClocks } from "./triggers/clock-watch";
import { FollowerStarter } from "./triggers/follower-starter";
import { watchListeners } from "./triggers/listener-watch";

const concurrency = {
  localActivities: 400,
  workflowTasks: 200,
  cachedWorkflows: 2_000,
  steps: 1_000,
  clocks: 500,
  listeners: 200,
  builds: 2,
  scans: 4,
  trials: 4,
};
const shutdownGrace = "5s";
const reconcileEvery = "30s";
const cleanUpEvery = "6h";

Runtime.install({
  logger: new DefaultLogger("WARN", ({ level, message, meta }) => {
    const { error, ...facts } = meta ?? {};
    logger[level === "ERROR" ? "error" : "warn"]({ ...facts, ...(error !== undefined && { err: error }) }, message);
  }),
});

/** Housekeeping is schedules of the cluster, however many workers there are. */
async function ensureSchedule(scheduleId: string, every: Duration, workflowType: string, timeout: Duration) {
  const client = await temporalClient();
  await client.schedule
    .create({
      scheduleId,
      spec: { intervals: [{ every }] },
      policies: { overlap: "SKIP", catchupWindow: "1m" },
      action: {
        type: "startWorkflow",
        workflowType,
        taskQueue: queues.system,
        args: [],
        workflowExecutionTimeout: timeout,
      },
    })
    .catch((error) => {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    });
}

async function main(): Promise<void> {
  // Until there is something to be ended in order.
  let stop = (): void => process.exit(1);
  endWithLauncher(() => stop());
  const config = readConfig();
  const { MILLRACE_TRACE_FILE } = env();
  if (MILLRACE_TRACE_FILE) traceToFile(MILLRACE_TRACE_FILE);
  const workerId = randomUUID();
  const runnerd = new RunnerdClient(config.runnerdSocket);
  const presence = new Presence(workerId, runnerd, config);
  await presence.start();

  const runs = new OpenRuns();
  const followers = new FollowerStarter();
  const ledger = new Ledger((run) => followers.add(run));
  const packages = new PackageStore(config.packagesRoot);
  const tools = { depsRoot: config.depsRoot, cacheRoot: config.cacheRoot, toolsRoot: config.toolsRoot };
  const grants = new Grants();
  await grants.start();
  const refusal = () => presence.refusal();
  const running = { grants, packages, runnerd, refusal, dependencies: new DependencyStore(tools) };
  const services = await Services.listen(config.address);
  const places = new StepPlaces(() => presence.workers);
  const inFlight = new InFlight({ ...running, runs, ledger, places, isolation: () => presence.level });
  const carrier = new RunCarrier({ runs, ledger, inFlight });
  const { packagesRoot } = config;
  const trials = new Trials({ runnerd, tools, grants, refusal, packagesRoot });
  const ownQueue = workerQueue(workerId);
  const queue = listenerQueue(workerId);
  const more = { ownQueue, listenerQueue: queue };
  const activities = createActivities({ ...running, services, carrier, inFlight, runs, tools, trials, ...more });

  const connection = await NativeConnection.connect(temporalConnectionOptions());
  const common = {
    connection,
    namespace: env().TEMPORAL_NAMESPACE,
    dataConverter: temporalDataConverter(),
    identity: workerId,
    shutdownGraceTime: shutdownGrace,
    // A dead worker's own queue holds its runs up for this long before any other worker gets them.
    stickyQueueScheduleToStartTimeout: "1s",
    // A heartbeat is how a canceled step hears of it.
    maxHeartbeatThrottleInterval: "1s",
  };
  const workflowBundle = { codePath: config.workflowBundle };
  const workers = await Promise.all([
    Worker.create({
      ...common,
      taskQueue: queues.runs,
      workflowBundle,
      activities,
      enableNonLocalActivities: false,
      maxConcurrentLocalActivityExecutions: concurrency.localActivities,
      maxConcurrentWorkflowTaskExecutions: concurrency.workflowTasks,
      maxCachedWorkflows: concurrency.cachedWorkflows,
    }),
    Worker.create({
      ...common,
      taskQueue: queues.actions,
      activities,
      maxConcurrentActivityTaskExecutions: concurrency.steps,
    }),
    Worker.create({
      ...common,
      taskQueue: ownQueue,
      activities,
      maxConcurrentActivityTaskExecutions: concurrency.steps,
    }),
    Worker.create({
      ...common,
      taskQueue: queues.trials,
      activities,
      maxConcurrentActivityTaskExecutions: concurrency.trials,
    }),
    Worker.create({
      ...common,
      taskQueue: queues.triggers,
      workflowBundle,
      activities,
      workflowThreadPoolSize: 1,
      // A machine that has died still asks, as far as Temporal knows: each of its questions can swallow a task.
      maxConcurrentWorkflowTaskPolls: 2,
      maxCachedWorkflows: concurrency.clocks,
      maxConcurrentActivityTaskExecutions: concurrency.clocks,
    }),
    Worker.create({
      ...common,
      taskQueue: queues.sources,
      activities,
      maxConcurrentActivityTaskExecutions: concurrency.scans,
    }),
    Worker.create({
      ...common,
      taskQueue: queue,
      activities,
      maxConcurrentActivityTaskExecutions: concurrency.listeners,
    }),
    Worker.create({
      ...common,
      taskQueue: queues.system,
      workflowBundle,
      activities,
      workflowThreadPoolSize: 1,
      maxCachedWorkflows: 10,
      maxConcurrentActivityTaskExecutions: concurrency.builds,
    }),
  ]);
  await ensureSchedule(reconcileScheduleId, reconcileEvery, "reconcile", "15m");
  await ensureSchedule(cleanUpScheduleId, cleanUpEvery, "cleanUp", "6h");
  await watchClocks();
  await watchListeners();

  stop = () => {
    for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.send?.({ ready: true });
  logger.info({ workerId, level: presence.level }, "worker ready");
  await Promise.all(workers.map((worker) => worker.run()));

  services.end();
  await ledger.drain();
  await presence.stop();
  runnerd.close();
  await connection.close();
  await closeTemporal();
  await closeDatabase();
  process.exit(0);
}

main().catch((error) => {
  logger.error({ err: error }, `the worker stopped: ${messageOf(error)}`);
  process.exit(1);
});
