import { beforeAll, describe, expect, it } from "vitest";
import { initAction } from "@/bin/cli/init-action";
import { deployWorkflowContract } from "@/lib/workflows/contract";
import { ListeningWorkflow } from "../support/listeners";
import { withFolder } from "../support/packages";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

type Spec = Parameters<typeof ListeningWorkflow.deploy>[1];
const deploy = (spec: Spec, more?: Parameters<typeof ListeningWorkflow.deploy>[2]) =>
  ListeningWorkflow.deploy(project, { ...spec, type: "nodejs" }, more);

describe("a trigger written in Node", () => {
  it.concurrent("starts one run for one identity, with files and large values in their order", async () => {
    const workflow = await deploy({
      inputs: { who: "string", times: { type: "integer", default_value: 30 } },
      outputs: { text: "string", file: { type: "file", optional: true } },
      settings: { who: "Ada" },
      code: `
const { writeFileSync } = require("node:fs");
exports.run = async (service, inputs) => {
  const large = inputs.who.repeat(200_000);
  for (const name of ["a.txt", "b.txt"]) writeFileSync(name, name.repeat(100_000));
  const [first, second] = await Promise.all([
    service.createRun({ text: large, file: "a.txt" }, { identity: "order-1" }),
    service.createRun({ text: "small", file: "b.txt" }, { identity: "order-2" }),
  ]);
  const again = await service.createRun({ text: "again" }, { identity: "order-1" });
  console.log(first === again, second === again);
  for (let number = 0; number < inputs.times; number++) service.createRun({ text: String(number) });
};
`,
    });
    await workflow.inState("ended");
    expect(await workflow.log()).toEqual(["true false"]);
    const runs = (await workflow.runs()).map((run) => run.inputs);
    const numbers = [...Array(30).keys()].map(String);
    const texts = runs.map(({ text }) => (typeof text === "string" && text.length < 100 ? text : "large"));
    expect(texts.sort()).toEqual([...numbers, "large", "small"].sort());
    expect(runs).toContainEqual({ text: "small", file: expect.objectContaining({ file: "b.txt", size: 500_000 }) });
    const large = { file: "a.txt", size: 500_000 };
    expect(runs).toContainEqual(expect.objectContaining({ file: expect.objectContaining(large) }));
    const duplicates = (await workflow.events()).filter(({ outcome }) => outcome === "duplicate");
    expect(duplicates.map(({ identity }) => identity)).toEqual(["order-1"]);
  });

  it.concurrent("hears why outputs are no outputs, knows those of its workflow, and may be an ES module", async () => {
    const workflow = await deploy(
      {
        outputs: { number: "integer", file: { type: "file", optional: true } },
        spec: { dynamic_outputs: true },
        files: { "package.json": '{"type": "module"}' },
        code: `
export default async function run(service) {
  console.log(Object.keys(service.getOutputDefinitions()).sort().join());
  const bad = [{ number: "seven" }, {}, { number: 1, file: "/nowhere" }, [1, 2]];
  for (const data of bad) await service.createRun(data).catch((error) => console.log(error instanceof service.RunRefused, error.message));
  service.createRun({ number: NaN });
  await service.createRunError();
  await service.setCursor("", 1).catch((error) => console.log(error.message));
  await service.setCursor("large", "x".repeat(20_000)).catch((error) => console.log(error.name, error.message));
  await service.createRun({ number: 2 ** 60, city: "Paris" });
}
`,
      },
      { inputs: { city: "string" } },
    );
    await workflow.inState("ended");
    expect(await workflow.log()).toEqual([
      "city,file,number",
      expect.stringMatching(/^true .*output “number” is an integer and must be/),
      expect.stringMatching(/^true .*nothing for the output “number”/),
      expect.stringMatching(/^true .*'\/nowhere', which is not an existing regular file/),
      expect.stringMatching(/^true The handler must return an object/),
      "A cursor's key is a text of 1 to 200 characters.",
      expect.stringMatching(/^RequestFailed .*16 KiB/),
    ]);
    expect((await workflow.runs()).map(({ inputs }) => inputs)).toMatchObject([{ city: "Paris" }]);
    const outcomes = (await workflow.events()).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["started", ...Array(6).fill("rejected")]);
  });

  it.concurrent("is told of its end, and keeps its cursor", async () => {
    const workflow = await deploy({
      code: `
const { once } = require("node:events");
module.exports = async (service) => {
  console.log("begins after", JSON.stringify(await service.getCursor("place", "nothing")));
  await service.setCursor("place", { offset: 7 });
  await once(service.signal, "abort");
  console.log("says good-bye");
  await service.setCursor("place", { offset: 8 });
  service.signal.throwIfAborted();
};
`,
    });
    await workflow.said('begins after "nothing"');
    await workflow.inState("running");
    await workflow.stop();
    await workflow.said("says good-bye", 5_000);
    await project.api(deployWorkflowContract, { ...workflow.at, body: {} });
    await workflow.said('begins after {"offset":8}');
    await workflow.stop();
  });

  it.concurrent("is started again after what nobody caught, and after a kill before it could acknowledge", async () => {
    const workflow = await deploy({
      outputs: { number: "integer" },
      code: `
exports.run = async (service) => {
  const start = await service.getCursor("starts", 0);
  await service.setCursor("starts", start + 1);
  if (start === 0) return new Promise(() => setTimeout(() => { throw new TypeError("of a timer"); }));
  for (let next = await service.getCursor("next", 0); next < 3; next++) {
    await service.createRun({ number: next }, { identity: "number " + next });
    if (next === start) process.kill(process.pid, "SIGKILL");
    await service.setCursor("next", next + 1);
  }
};
`,
    });
    expect((await workflow.inState("failed")).reason).toMatch(/failed: TypeError: of a timer$/);
    await workflow.inState("ended", 30_000);
    expect((await workflow.runs()).map((run) => run.inputs.number)).toEqual([0, 1, 2]);
    const events = (await workflow.events()).map(({ identity, outcome }) => `${identity} ${outcome}`).reverse();
    expect(events).toEqual([
      "number 0 started",
      "number 1 started",
      "number 1 duplicate",
      "number 2 started",
      "number 2 duplicate",
    ]);
  });

  it.concurrent("is made by the command line, and works", async () => {
    await withFolder(async (folder) => {
      initAction(`${folder}/node-hello`, "nodejs", true);
      await project.push(folder);
    });
    const workflow = await ListeningWorkflow.of(project, "node-hello", { name: "Ada" });
    expect((await workflow.someRuns(1)).map((run) => run.inputs)).toEqual([{ greeting: "Hello Ada!" }]);
    await workflow.stop();
  });
});

it("a package that exports nothing is not built", async () => {
  const pushed = project.pushCode({
    id: "no-export",
    kind: "Source",
    type: "nodejs",
    code: "async function run() {}\n",
  });
  await expect(pushed).rejects.toThrow(/ryax_run\.js: it exports nothing/);
});
