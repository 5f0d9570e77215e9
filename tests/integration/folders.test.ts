import { beforeAll, describe, expect, it } from "vitest";
import { showActionContract } from "@/lib/actions/contract";
import { addCatalogueEntryContract } from "@/lib/catalogue/contract";
import { ListeningWorkflow } from "../support/listeners";
import { TestProject } from "../support/project";
import { tryPackage } from "../support/trial";
import { until } from "../support/wait";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const code = `import os
def handle(i):
    return {"said": os.environ.get("MILLRACE_GRANTED_FOLDERS", "nothing")}
`;

/** With folders there are only tests of runnerd: an operator grants them to projects whose ids they know. */
describe("where no folder is granted", () => {
  it("a trigger that watches one says on its workflow's page how it is granted", async () => {
    const added = await project.api(addCatalogueEntryContract, {
      params: { project: project.id, action: "folder-watch" },
    });
    expect(added.folders).toBe(true);
    const params = { project: project.id, action: added.id, version: added.version };
    await until("it is built", async () => (await project.api(showActionContract, { params })).state === "built");
    const workflow = await ListeningWorkflow.of(project, "folder-watch", { folder: "incoming" });
    const failed = await workflow.inState("failed");
    expect(failed.reason).toContain(`MILLRACE_FOLDERS=incoming=/PATH:${project.id}`);
    await workflow.stop();
  });

  it("an action that asks for folders is told that there are none, and another one nothing, in a trial too", async () => {
    const outputs = { said: "string" } as const;
    const asking = { outputs, code, spec: { options: { millrace: { folders: "on" } } } };
    const ends = await Promise.all([
      tryPackage(project, { id: "asking", ...asking }),
      tryPackage(project, { id: "not-asking", outputs, code }),
    ]);
    const [told, untold] = ends.map(({ end }) => (end.outputs?.said as { value: string } | undefined)?.value);
    expect(JSON.parse(told ?? "")).toMatchObject({ project: project.id, folders: [] });
    expect(untold).toBe("nothing");
  });
});
