import { expect, it } from "vitest";
import { TestProject } from "../support/project";

it("answers a trigger-only workflow with what it was sent", async () => {
  const project = await TestProject.create();
  await project.deploy(`
kind: Workflows
spec:
  human_name: Echo
  functions:
    - id: api
      from: httpapijson
      inputs_values: {summary: Echo, path: /echo, method: POST}
      outputs: [{name: text, type: string, origin: body}]
  results: [{key: text, value: =api.text}]
`);
  const answer = await project.post("/echo", { text: "hello" });
  expect([answer.status, await answer.json()]).toEqual([200, { text: "hello" }]);
});
