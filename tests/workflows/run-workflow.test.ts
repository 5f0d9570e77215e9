import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CancelledFailure, Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import proto from "@temporalio/proto";
import { Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Begun } from "@/workers/activities/runs";
import type { Progress } from "@/workers/steps/run-carrier";
import { InterpreterLab, type RunActivities, runInput } from "../support/interpreter";
import { until } from "../support/wait";

let lab: InterpreterLab;
beforeAll(async () => {
  lab = await InterpreterLab.open();
});
afterAll(() => lab.close());

const ownQueue = "worker-1:tests";
const ended: Progress = { kind: "ended" };
const open = (more: Partial<Extract<Progress, { kind: "open" }>> = {}): Progress => ({
  kind: "open",
  isRunning: false,
  retries: [],
  ...more,
});
const begun = (progress: Progress): Begun => ({ progress, queue: ownQueue });
const failure = { node: "geo", error: { type: "ValueError", message: "no", stack: [], ryax: null } };

/** Activities that do what a test says, and note how they were called. */
function stubs(scripted: Partial<RunActivities> = {}) {
  return {
    beginRun: vi.fn(scripted.beginRun ?? (async () => begun(ended))),
    carryRun: vi.fn(scripted.carryRun ?? (async () => ended)),
    stopRun: vi.fn(scripted.stopRun ?? (async () => {})),
    finishRun: vi.fn(scripted.finishRun ?? (async () => {})),
  } satisfies RunActivities;
}

/** Waits to be canceled, as an activity that executes steps does. */
async function untilCanceled(): Promise<never> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), 200);
  try {
    return await context.cancelled;
  } finally {
    clearInterval(beat);
  }
}

const { History } = proto.temporal.api.history.v1;
type Ran = { types: string[]; history: Uint8Array };

/** The run's history once it has completed, which every version of the code must be able to replay. */
async function complete(activities: RunActivities): Promise<Ran> {
  const history = await lab.run(
    activities,
    async (handle) => {
      await handle.result();
      return handle.fetchHistory();
    },
    ownQueue,
  );
  await Worker.runReplayHistory({ workflowBundle: { codePath: lab.codePath } }, history);
  const types = (history.events ?? []).map(
    (event) => Object.keys(event).find((key) => key.endsWith("EventAttributes")) ?? "",
  );
  return { types: types.map((type) => type.replace("EventAttributes", "")), history: History.encode(history).finish() };
}

describe("a quick run", () => {
  it("costs one local activity and no dispatch", async () => {
    const activities = stubs();
    const { types } = await complete(activities);
    expect(activities.beginRun).toHaveBeenCalledExactlyOnceWith({ ...pick(runInput), input: runInput, retries: {} });
    expect(activities.carryRun).not.toHaveBeenCalled();
    expect(activities.finishRun).not.toHaveBeenCalled();
    expect(types.filter((type) => type.startsWith("activityTask"))).toEqual([]);
    expect(types.filter((type) => type === "markerRecorded")).toHaveLength(1);
  });
});

const pick = ({ projectId, runId }: { projectId: string; runId: string }) => ({ projectId, runId });

describe("a run that takes longer", () => {
  it("is waited for on the worker that began it", async () => {
    const activities = stubs({ beginRun: async () => begun(open({ isRunning: true })) });
    const { types } = await complete(activities);
    expect(activities.carryRun).toHaveBeenCalledTimes(1);
    expect(types.filter((type) => type === "activityTaskScheduled")).toHaveLength(1);
  });

  it("is carried on for as many passes as it takes", async () => {
    let passes = 0;
    const activities = stubs({
      beginRun: async () => begun(open({ isRunning: true })),
      carryRun: async () => (++passes < 3 ? open({ isRunning: true }) : ended),
    });
    await complete(activities);
    expect(passes).toBe(3);
  });

  it("is carried on elsewhere when the worker that began it does not take its task", async () => {
    const activities = stubs({
      beginRun: async () => ({ progress: open({ isRunning: true }), queue: "worker-1:gone" }),
    });
    const { types } = await complete(activities);
    expect(types).toContain("activityTaskTimedOut");
    expect(activities.carryRun).toHaveBeenCalledTimes(1);
  });

  it("is carried by any worker when it could not be begun", async () => {
    const activities = stubs({
      beginRun: async () => {
        throw new Error("runnerd is away");
      },
    });
    await complete(activities);
    expect(activities.carryRun).toHaveBeenCalledTimes(1);
    expect(activities.finishRun).not.toHaveBeenCalled();
  });
});

describe("a step that waits for another run", () => {
  const other = "WorkflowRun-1767225600-efgh";

  it("costs no activity until that one has been told to have ended, and then is asked for", async () => {
    const asked: unknown[] = [];
    const activities = stubs({
      beginRun: async ({ waits }) => {
        asked.push(waits);
        return begun(asked.length === 1 ? open({ waits: [{ node: "other", runId: other }] }) : ended);
      },
    });
    await lab.run(activities, async (handle) => {
      await until("the step waits", () => asked.length === 1);
      await handle.signal("runEnded", "WorkflowRun-1767225600-another");
      await handle.signal("runEnded", other);
      await handle.result();
      const history = await handle.fetchHistory();
      await Worker.runReplayHistory({ workflowBundle: { codePath: lab.codePath } }, history);
      expect((history.events ?? []).filter((event) => event.activityTaskScheduledEventAttributes)).toEqual([]);
    });
    expect(asked).toEqual([undefined, undefined]);
  });

  it("waits while others go on, and is not begun again by their passes", async () => {
    const passes: unknown[] = [];
    const activities = stubs({
      beginRun: async ({ waits }) =>
        begun(
          passes.length === 0 && !waits ? open({ isRunning: true, waits: [{ node: "other", runId: other }] }) : ended,
        ),
      carryRun: async ({ waits }) => {
        passes.push(waits);
        return open();
      },
    });
    await lab.run(
      activities,
      async (handle) => {
        await until("the others went on", () => passes.length === 1);
        await handle.signal("runEnded", other);
        await handle.result();
      },
      ownQueue,
    );
    expect(passes).toEqual([["other"]]);
  });
});

describe("steps to be attempted again", () => {
  it("are waited for, and then asked for by number", async () => {
    const seen: unknown[] = [];
    const activities = stubs({
      beginRun: async (request) => {
        seen.push(request.retries);
        return begun(seen.length === 1 ? open({ retries: [{ node: "geo", attempt: 2, waitMs: 250 }] }) : ended);
      },
    });
    const started = Date.now();
    const { types } = await complete(activities);
    expect(seen).toEqual([{}, { geo: { attempt: 2, isDue: true } }]);
    expect(Date.now() - started).toBeGreaterThanOrEqual(250);
    expect(types).toContain("timerFired");
  });

  it("wait while other steps go on", async () => {
    const carried: unknown[] = [];
    const activities = stubs({
      beginRun: async (request) =>
        begun(
          Object.keys(request.retries).length === 0
            ? open({ isRunning: true, retries: [{ node: "a", attempt: 2, waitMs: 600 }] })
            : ended,
        ),
      carryRun: async (request) => {
        carried.push(request.retries);
        return open();
      },
    });
    await complete(activities);
    expect(carried).toEqual([{ a: { attempt: 2, isDue: false } }]);
    expect(activities.beginRun).toHaveBeenCalledTimes(2);
  });
});

describe("a run that cannot end by itself", () => {
  it("fails with the step's error where a step failed", async () => {
    const activities = stubs({ beginRun: async () => begun({ kind: "stopped", failure }) });
    await complete(activities);
    expect(activities.finishRun).toHaveBeenCalledExactlyOnceWith(pick(runInput), runInput, {
      state: "failed",
      failure,
    });
  });

  it("is canceled where a step was", async () => {
    const activities = stubs({ beginRun: async () => begun({ kind: "stopped", failure: null }) });
    await complete(activities);
    expect(activities.finishRun).toHaveBeenCalledExactlyOnceWith(pick(runInput), runInput, {
      state: "canceled",
      failure: null,
    });
  });

  it("fails when no worker can carry it, with the reason", async () => {
    const activities = stubs({
      beginRun: async () => begun(open({ isRunning: true })),
      carryRun: async () => {
        throw ApplicationFailure.nonRetryable("the disk is full");
      },
    });
    await complete(activities);
    const [, , end] = activities.finishRun.mock.calls[0] ?? [];
    expect(end).toMatchObject({ state: "failed", failure: { node: null, error: { type: "WorkerLost" } } });
    expect(end?.failure?.error?.message).toContain("the disk is full");
  });

  it("fails, rather than waiting for ever, when nothing of it can be executed", async () => {
    const activities = stubs({ beginRun: async () => begun(open()) });
    await complete(activities);
    expect(activities.finishRun).toHaveBeenCalledExactlyOnceWith(pick(runInput), runInput, {
      state: "failed",
      failure: { node: null, error: expect.objectContaining({ type: "InternalError" }) },
    });
  });

  it("has its end written again until that succeeds", async () => {
    let tries = 0;
    const activities = stubs({
      beginRun: async () => begun({ kind: "stopped", failure }),
      finishRun: async () => {
        if (++tries < 3) throw new Error("the database is away");
      },
    });
    await complete(activities);
    expect(tries).toBe(3);
  });
});

describe("a canceled run", () => {
  const cancelOnce = (activities: RunActivities, isUnderWay: () => boolean) =>
    lab.run(
      activities,
      async (handle) => {
        await until("the run is under way", isUnderWay);
        await handle.cancel();
        await handle.result();
        await Worker.runReplayHistory({ workflowBundle: { codePath: lab.codePath } }, await handle.fetchHistory());
      },
      ownQueue,
    );

  it("stops what is carried, waits until it has stopped, and writes the end", async () => {
    const order: string[] = [];
    const activities = stubs({
      beginRun: async () => begun(open({ isRunning: true })),
      carryRun: async () => {
        order.push("carried");
        try {
          return await untilCanceled();
        } catch (error) {
          order.push("stopped");
          throw error instanceof CancelledFailure ? error : new CancelledFailure("stopped");
        }
      },
      finishRun: async () => {
        order.push("ended");
      },
    });
    await cancelOnce(activities, () => order.length > 0);
    expect(order).toEqual(["carried", "stopped", "ended"]);
    expect(activities.stopRun).toHaveBeenCalledWith({ runId: runInput.runId });
    expect(activities.finishRun.mock.calls[0]?.[2]).toEqual({ state: "canceled", failure: null });
  });

  it("does not wait for a step's next attempt", async () => {
    const activities = stubs({
      beginRun: async () => begun(open({ retries: [{ node: "a", attempt: 2, waitMs: 3_600_000 }] })),
    });
    await cancelOnce(activities, () => activities.beginRun.mock.calls.length === 1);
    expect(activities.finishRun.mock.calls[0]?.[2]).toEqual({ state: "canceled", failure: null });
  });
});

describe("a history that was recorded", () => {
  const file = resolve(import.meta.dirname, "../fixtures/histories/run-workflow.bin");

  // A change that cannot replay it would break runs that are under way when it is released: give the queues a new
  // version then, delete the file, and it is recorded anew.
  it("is replayed by the code as it is", async () => {
    if (!existsSync(file)) {
      const activities = stubs({
        beginRun: async (request) =>
          begun(
            Object.keys(request.retries).length === 0
              ? open({ isRunning: true, retries: [{ node: "a", attempt: 2, waitMs: 300 }] })
              : { kind: "stopped", failure },
          ),
        carryRun: async () => open(),
      });
      const { history } = await complete(activities);
      if (process.env.CI) throw new Error("The recorded history is missing from the repository.");
      writeFileSync(file, history);
    }
    const history = History.decode(readFileSync(file));
    await Worker.runReplayHistory({ workflowBundle: { codePath: lab.codePath } }, history);
    const names = (history.events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
    expect(names).toEqual(["carryRun"]);
  });
});
