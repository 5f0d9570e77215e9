import { beforeAll, describe, expect, it } from "vitest";
import { signUpContract } from "@/lib/accounts/contract";
import { listActionsContract, pushActionsContract } from "@/lib/actions/contract";
import { ApiError } from "@/lib/http/client";
import { createKeyContract } from "@/lib/keys/contract";
import { cancelRunContract, deleteRunContract } from "@/lib/runs/contract";
import { setVariableContract } from "@/lib/variables/contract";
import {
  deployWorkflowContract,
  importWorkflowContract,
  showWorkflowContract,
  stopWorkflowContract,
  updateWorkflowContract,
} from "@/lib/workflows/contract";
import { callChecked } from "../support/checked";
import { withPackages, zipFolder } from "../support/packages";
import { TestProject } from "../support/project";
import { endpointFile } from "../support/workflow-file";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode({ id: "sleep", code: "import time\ndef handle(i): time.sleep(60)\n" });
});

const rounds = Array.from({ length: 5 }, (_, round) => [round]);

/** The statuses of calls made at the same moment, those that succeeded as 200. */
async function statusesOf(calls: Promise<unknown>[]): Promise<number[]> {
  const settled = await Promise.allSettled(calls);
  return settled
    .map((result) => {
      if (result.status === "fulfilled") return 200;
      if (result.reason instanceof ApiError) return result.reason.status;
      throw result.reason;
    })
    .sort();
}

describe.each(rounds)("of two at the same moment (%i),", (round) => {
  const at = (workflow: string) => ({ project: project.id, workflow });
  const importFile = (path: string) =>
    project.api(importWorkflowContract, { body: endpointFile({ name: `${path} ${Math.random()}`, path }) });
  const deploy = (workflow: string) => project.api(deployWorkflowContract, { params: at(workflow), body: {} });

  it("one workflow gets the endpoint, and the other is told that it is taken", async () => {
    const path = `/raced-${round}`;
    const [left, right] = [await importFile(path), await importFile(path)];
    expect(await statusesOf([deploy(left.id), deploy(right.id)])).toEqual([200, 409]);
  });

  it("deployments of one workflow make one version", async () => {
    const { id } = await importFile(`/deployed-twice-${round}`);
    expect(await statusesOf([deploy(id), deploy(id), deploy(id)])).toEqual([200, 200, 200]);
    const shown = await project.api(showWorkflowContract, { params: at(id) });
    expect(shown.versions.map(({ number, live }) => [number, live])).toEqual([[1, true]]);
  });

  it("savings of one draft, one is told that the other came first", async () => {
    const { id, revision, definition } = await importFile(`/saved-${round}`);
    const save = () => project.api(updateWorkflowContract, { params: at(id), body: { revision, definition } });
    expect(await statusesOf([save(), save()])).toEqual([200, 409]);
  });

  it("stops of one workflow, one finds it stopped", async () => {
    const { id } = await importFile(`/stopped-${round}`);
    await deploy(id);
    const stop = () => project.api(stopWorkflowContract, { params: at(id), body: {} });
    expect(await statusesOf([stop(), stop()])).toEqual([200, 409]);
  });

  it("keys of one name, one is made", async () => {
    const create = () => project.api(createKeyContract, { body: { name: `raced ${round}` } });
    expect(await statusesOf([create(), create(), create()])).toEqual([200, 409, 409]);
  });

  it("accounts of one address, one is made", async () => {
    const body = { email: `raced-${round}-${project.id}@example.com`, password: "correct horse" };
    const signUp = () => callChecked(signUpContract, { body }, { baseUrl: project.url });
    expect(await statusesOf([signUp(), signUp()])).toEqual([200, 409]);
  });

  it("settings of one variable, one stands", async () => {
    const params = { project: project.id, variable: `RACED_${round}` };
    const set = (value: string) => project.api(setVariableContract, { params, body: { value } });
    expect(await statusesOf([set("a"), set("b"), set("c")])).toEqual([200, 200, 200]);
  });

  it("pushes of one version with other contents, one is refused", async () => {
    const push = (text: string) =>
      withPackages(
        [{ id: `raced-${round}`, code: `def handle(i): print(${JSON.stringify(text)})\n` }],
        async (folder) => project.api(pushActionsContract, { body: await zipFolder(folder) }),
      );
    expect(await statusesOf([push("left"), push("right")])).toEqual([200, 409]);
    const { items } = await project.api(listActionsContract);
    expect(items.filter((item) => item.id === `raced-${round}`)).toHaveLength(1);
  });

  it("cancellations of one run, both find it canceled, and deletions, one finds it gone", async () => {
    const { id } = await project.deployManual({ name: `Sleeper ${round}`, steps: { only: { use: "sleep" } } });
    const run = await project.start(id);
    const params = { project: project.id, run: run.id };
    const cancel = () => project.api(cancelRunContract, { params });
    for (const status of await statusesOf([cancel(), cancel()])) expect([200, 409]).toContain(status);
    expect((await project.showRun(run.id)).state).toBe("canceled");
    const remove = () => project.api(deleteRunContract, { params });
    expect(await statusesOf([remove(), remove()])).toEqual([200, 404]);
  });
});
