import { beforeAll, describe, expect, it } from "vitest";
import { TestProject } from "../support/project";
import { executeAction } from "../support/step";
import { until } from "../support/wait";

/** Longer than a worker may be silent before Temporal gives it up. */
const slowSeconds = 7;

const python = `
import time
def handle(inputs):
    for round in range(10):
        progress(round / 10, "round %d with %s" % (round, inputs["secret"] or "nothing"))
        time.sleep(${slowSeconds / 10})
    return {"ok": True}
`;
const node = `
module.exports = async ({ secret }) => {
  for (let round = 0; round < 10; round++) {
    progress(round / 10, "round " + round + " with " + (secret || "nothing"));
    await new Promise((resolve) => setTimeout(resolve, ${slowSeconds * 100}));
  }
  return { ok: true };
};`;

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  const io = { inputs: { secret: { type: "password" as const, optional: true } }, outputs: { ok: "boolean" as const } };
  await project.pushCode(
    { id: "slow-python", code: python, ...io },
    { id: "slow-node", type: "nodejs", code: node, ...io },
    {
      id: "fails-half-way",
      code: "def handle(i):\n    progress(0.5, 'half')\n    raise ValueError('no')\n",
    },
    { id: "wrong-words", code: "def handle(i):\n    progress('much', 'x')\n" },
    {
      id: "of-its-own",
      code: "def progress(): return 1\ndef handle(i):\n    return {'n': progress()}\n",
      outputs: { n: "integer" },
    },
  );
});

describe.each(["slow-python", "slow-node"])("%s", (use) => {
  it.concurrent("is seen to come along while it runs, and is let run", async () => {
    const steps = { only: { use, with: { secret: "hunter2-hunter2" } } };
    const { id } = await project.deployManual({ name: `progress of ${use}`, steps });
    const run = await project.start(id);
    const shown = async () => (await project.showRun(run.id)).steps.find(({ node }) => node === "only");
    const first = await until("it tells its progress", async () => (await shown())?.progress);
    const later = await until("it comes along", async () => {
      const step = await shown();
      return step?.progress && step.progress.fraction > first.fraction && step;
    });
    expect(later.state).toBe("running");
    expect(later.progress?.message).toMatch(/^round \d with \W+$/);
    expect((await project.endedRun(run.id)).state).toBe("completed");
  }, 40_000);
});

it.concurrent("what fails shows how far it was", async () => {
  const { step } = await executeAction(project, "fails-half-way");
  expect(step).toMatchObject({ state: "failed", progress: { fraction: 0.5, message: "half" } });
});

it.concurrent("a fraction that is none is the handler's error, and a function of that name is the handler's own", async () => {
  const { step } = await executeAction(project, "wrong-words");
  expect(step.error).toMatchObject({ type: "ValueError" });
  expect((await executeAction(project, "of-its-own")).step.outputs).toEqual({ n: 1 });
});
