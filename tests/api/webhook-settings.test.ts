import { beforeAll, describe, expect, it } from "vitest";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { endpointFile, triggerFile } from "../support/workflow-file";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

describe("a hook's settings", () => {
  it("without a secret, or with headers that cannot be, are refused at their fields", async () => {
    const settings = { path: "/hooks/x", verification: "hmac", signature_header: "X Sig" };
    const error = await refusal(project.deploy(triggerFile("webhook", settings)));
    expect(error.issues.map((issue) => issue.path)).toEqual([
      "nodes.api.inputs.secret",
      "nodes.api.inputs.signature_header",
    ]);
  });

  it("do not take a path from an endpoint, nor the reverse", async () => {
    const path = "/hooks/first";
    await project.deploy(triggerFile("webhook", { path }));
    const clash = await refusal(project.deploy(endpointFile({ path })));
    expect([clash.status, clash.message]).toEqual([409, expect.stringContaining(path)]);
    await project.deployEndpoint({ path: "/hooks/taken" });
    const other = await refusal(project.deploy(triggerFile("webhook", { path: "/hooks/taken" })));
    expect(other.status).toBe(409);
  });

  it("leave the project's document to its endpoints", async () => {
    const document = await (await project.call("/openapi.json")).json();
    expect(Object.keys(document.paths)).toEqual(["/hooks/taken"]);
  });
});
