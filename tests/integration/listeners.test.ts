import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { showTriggerContract } from "@/lib/triggers/contract";
import { setVariableContract } from "@/lib/variables/contract";
import { deployWorkflowContract } from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { holdTo } from "../support/limits";
import { ListeningWorkflow } from "../support/listeners";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

/** Listens for ever once it has done what it is for. */
const waits = "    await asyncio.Event().wait()\n";

describe("a trigger written by a user", () => {
  it("starts runs with its outputs, each an event, and is running meanwhile", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      inputs: { who: "string", times: { type: "integer", default_value: 2 } },
      outputs: { greeting: "string", number: "integer" },
      settings: { who: "Ada" },
      code: `
import asyncio
from ryax_execution.ryax_source_protocol import RyaxSourceProtocol, RyaxRunStatus

async def run(service: RyaxSourceProtocol, input_values: dict) -> None:
    for number in range(input_values["times"]):
        await service.create_run({"greeting": "hi " + input_values["who"], "number": number}, running_time=0.001, status=RyaxRunStatus.DONE)
        print("started", number)
${waits}`,
    });
    const runs = await workflow.someRuns(2);
    expect(runs.map(({ inputs, source }) => ({ inputs, source }))).toEqual([
      { inputs: { greeting: "hi Ada", number: 0 }, source: "trigger" },
      { inputs: { greeting: "hi Ada", number: 1 }, source: "trigger" },
    ]);
    expect((await workflow.events()).map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["trigger", "started"],
      ["trigger", "started"],
    ]);
    expect(await workflow.inState("running")).toMatchObject({ reason: null, failures: 0, version: 1 });
    expect(await workflow.said("started 1")).toEqual(["started 0", "started 1"]);
    await workflow.stop();
  });

  it("needs not wait for its runs, and has ended once it returns", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      outputs: { number: "integer" },
      code: `
from ryax_wrapper import RyaxSourceProtocol, RyaxRunStatus
from ryax.triggers.protocols import RyaxTriggerProtocol
from ryax import RyaxTriggerProtocol as Other

async def run(service, input_values):
    for number in range(40):
        service.create_run({"number": number})
`,
    });
    await workflow.inState("ended");
    const runs = await workflow.runs();
    expect(runs.map((run) => run.inputs.number as number).sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
    await delay(2_000);
    expect((await workflow.trigger()).state).toBe("ended");
    expect(await workflow.runs()).toHaveLength(40);
  });

  it("starts one run for one identity, however often it comes", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      outputs: { number: "integer" },
      code: `
async def run(service, input_values):
    first = await service.create_run({"number": 1}, identity="order-1")
    again = await service.create_run({"number": 2}, identity="order-1")
    other = await service.create_run({"number": 3}, identity="order-2")
    print(first == again, first == other)
`,
    });
    await workflow.inState("ended");
    expect((await workflow.runs()).map((run) => run.inputs.number)).toEqual([1, 3]);
    expect(await workflow.log()).toEqual(["True False"]);
    expect((await workflow.events()).map(({ identity, outcome }) => [identity, outcome]).reverse()).toEqual([
      ["order-1", "started"],
      ["order-1", "duplicate"],
      ["order-2", "started"],
    ]);
  });

  it("hears why outputs are no outputs, and goes on", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      outputs: { number: "integer", file: { type: "file", optional: true } },
      code: `
async def run(service, input_values):
    for data in ({"number": "seven"}, {}, {"number": 1, "file": "/nowhere"}):
        try:
            await service.create_run(data)
        except service.RunRefused as error:
            print(error)
    await service.create_run_error()
    open("note.txt", "w").write("from a trigger")
    await service.create_run({"number": 7, "file": "note.txt"})
`,
    });
    await workflow.inState("ended");
    const [first, second, third] = await workflow.log();
    expect(first).toMatch(/output “number” is an integer and must be/);
    expect(second).toMatch(/nothing for the output “number”/);
    expect(third).toMatch(/'\/nowhere', which is not an existing regular file/);
    expect((await workflow.events()).map(({ outcome }) => outcome)).toEqual([
      "started",
      "rejected",
      "rejected",
      "rejected",
      "rejected",
    ]);
    const [run] = await workflow.runs();
    expect(run?.inputs).toMatchObject({ number: 7, file: { file: "note.txt", size: 14 } });
  });

  it("may ask from other threads, and knows the outputs of its workflow", async () => {
    const workflow = await ListeningWorkflow.deploy(
      project,
      {
        outputs: { number: "integer" },
        spec: { dynamic_outputs: true },
        code: `
import asyncio, threading

async def run(service, input_values):
    loop = asyncio.get_running_loop()
    names = sorted(service.get_output_definitions())
    def work():
        asyncio.run_coroutine_threadsafe(service.create_run({"number": 1, "city": ",".join(names)}), loop).result()
        service.create_run({"number": 2, "city": "Paris"}).future.result()
    await asyncio.to_thread(work) if hasattr(asyncio, "to_thread") else await loop.run_in_executor(None, work)
`,
      },
      { inputs: { city: "string" } },
    );
    await workflow.inState("ended");
    expect((await workflow.runs()).map((run) => run.inputs)).toEqual([
      { number: 1, city: "city,number" },
      { number: 2, city: "Paris" },
    ]);
  });
});

describe("what is held up for now", () => {
  it("is refused by no limit: the trigger waits, or is started again, until there is room", async () => {
    const own = await TestProject.create();
    await holdTo(own, { runsPerMinute: 1, storageBytes: 1024 ** 2 });
    const workflow = await ListeningWorkflow.deploy(own, {
      outputs: { number: "integer", file: { type: "file", optional: true } },
      code: `
async def run(service, input_values):
    open("large", "wb").write(bytes(2 << 20))
    for number in range(2):
        await service.create_run({"number": number}, identity=number)
    await service.create_run({"number": 2, "file": "large"}, identity=2)
`,
    });
    const outcomes = async () => (await workflow.events()).map(({ identity, outcome }) => [identity, outcome]);
    await until("the second waits", async () => (await workflow.events())[0]?.reason?.includes("runsPerMinute"));
    expect(await outcomes()).toEqual([
      ["1", "pending"],
      ["0", "started"],
    ]);
    await holdTo(own, { runsPerMinute: null });
    expect((await workflow.inState("failed")).reason).toMatch(/RequestFailed: .*storageBytes/);
    await holdTo(own, { storageBytes: null });
    await workflow.inState("ended");
    expect((await workflow.runs()).map(({ inputs }) => inputs.number)).toEqual([0, 1, 2]);
    expect((await outcomes()).filter(([, outcome]) => outcome === "rejected")).toEqual([]);
  });
});

describe("a trigger that fails", () => {
  it("is started again after growing pauses, with the reason and the next try shown", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      code: `
async def run(service, input_values):
    raise ConnectionError("no route to the broker")
`,
    });
    const first = await workflow.inState("failed");
    expect(first.reason).toMatch(/^The trigger 'Test trigger-\d+' failed: ConnectionError: no route to the broker$/);
    const third = await until("it has failed three times", async () => {
      const trigger = await workflow.trigger();
      return trigger.failures >= 3 && trigger;
    });
    expect(Date.parse(third.nextTryAt ?? "") - Date.parse(third.since)).toBeGreaterThan(3_000);
    await workflow.stop();
    const gone = await refusal(project.api(showTriggerContract, workflow.at));
    expect(gone.status).toBe(404);
  });

  it("because it let a refusal through is told what to do, and its event is listed", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      outputs: { number: "integer" },
      code: `
async def run(service, input_values):
    await service.create_run({"number": "seven"}, identity="order-7")
`,
    });
    const { reason } = await workflow.inState("failed");
    expect(reason).toMatch(/failed: RunRefused: .*must be a whole number.* catch service\.RunRefused/);
    const [event] = await workflow.events();
    expect(event).toMatchObject({
      identity: "order-7",
      outcome: "rejected",
      reason: expect.stringContaining("number"),
    });
    await workflow.stop();
  });

  it("says why it cannot be loaded", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      code: "import nothing_of_that_name\nasync def run(service, input_values): pass\n",
    });
    expect((await workflow.inState("failed")).reason).toMatch(/ModuleNotFoundError: No module named 'nothing_of_that/);
    await workflow.stop();
  });

  it("is started at once by a deployment, and then from its first failure on", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      code: `
async def run(service, input_values):
    times = await service.get_cursor("times", 0)
    await service.set_cursor("times", times + 1)
    if times < 3:
        raise ValueError("not yet")
    print("has come", times)
`,
    });
    await until("it has failed three times", async () => (await workflow.trigger()).failures >= 3);
    await project.api(deployWorkflowContract, { ...workflow.at, body: {} });
    expect(await workflow.inState("ended", 5_000)).toMatchObject({ failures: 0, reason: null });
    expect((await workflow.log()).at(-1)).toBe("has come 3");
  });
});

describe("stopping", () => {
  it("ends a trigger in order within seconds, and it keeps its cursor", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      code: `
import asyncio
async def run(service, input_values):
    print("begins after", await service.get_cursor("place"))
    await service.set_cursor("place", {"offset": 7})
    try:
    ${waits}    except asyncio.CancelledError:
        print("says good-bye")
        raise
`,
    });
    await workflow.said("begins after None");
    await workflow.stop();
    await workflow.said("says good-bye", 5_000);
    await project.api(deployWorkflowContract, { ...workflow.at, body: {} });
    await workflow.said("begins after {'offset': 7}");
    await workflow.stop();
  });

  it("kills one that does not listen to that", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      code: `
import time
async def run(service, input_values):
    service.create_run({})
    while True:
        print("still here", flush=True)
        time.sleep(0.1)
`,
    });
    await workflow.said("still here");
    await workflow.stop();
    await delay(4_000);
    const said = await workflow.log();
    await delay(1_000);
    expect(await workflow.log()).toEqual(said);
  });

  it("comes before the next version's start", async () => {
    const code = (name: string) => `
import asyncio
async def run(service, input_values):
    print("${name} begins")
    try:
    ${waits}    finally:
        await asyncio.sleep(0.5)
        print("${name} ends")
`;
    const workflow = await ListeningWorkflow.deploy(project, { code: code("first") });
    await workflow.said("first begins");
    await project.api(deployWorkflowContract, { ...workflow.at, body: {} });
    await until("it was swapped", async () => (await workflow.log()).length >= 3);
    expect(await workflow.log()).toEqual(["first begins", "first ends", "first begins"]);
    await workflow.stop();
  });
});

it("hides secrets in the log and in reasons", async () => {
  await project.api(setVariableContract, {
    params: { project: project.id, variable: "TOKEN" },
    body: { value: "t0ken-of-the-broker", secret: true },
  });
  const workflow = await ListeningWorkflow.deploy(project, {
    inputs: { token: "password" },
    settings: { token: { variable: "TOKEN" } },
    code: `
async def run(service, input_values):
    print("with", input_values["token"])
    raise ValueError("refused " + input_values["token"])
`,
  });
  const { reason } = await workflow.inState("failed");
  expect(reason).toMatch(/ValueError: refused ••••••$/);
  expect(await workflow.said("with ")).toContain("with ••••••");
  expect((await workflow.log()).join("\n")).not.toContain("t0ken");
  await workflow.stop();
});
