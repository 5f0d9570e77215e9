import { beforeAll, expect, it } from "vitest";
import { grantNetworkContract } from "@/lib/actions/contract";
import { TestProject } from "../support/project";
import { executeAction, linesOf } from "../support/step";

const fetchPage = `
import urllib.request
def handle(inputs):
    return {"size": len(urllib.request.urlopen("http://169.254.169.254/", timeout=5).read())}
`;

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode({ id: "fetch-page", outputs: { size: "integer" }, code: fetchPage });
});

const grant = (policy: "on" | "off" | "allow-list", hosts: string[] = []) =>
  project.api(grantNetworkContract, {
    params: { project: project.id, action: "fetch-page" },
    body: { policy, hosts },
  });
const failure = async () => {
  const { step, logs } = await executeAction(project, "fetch-page");
  return { message: step.error?.message, lines: linesOf(logs) };
};

it("a grant and its end hold from the next run on, and what is refused says how to grant it", async () => {
  expect((await failure()).message).toMatch(
    /its network is off.*millrace action grant fetch-page --network allow-list --host 169\.254\.169\.254/,
  );
  await grant("allow-list", ["example.com"]);
  expect((await failure()).message).toMatch(/not on its allow-list.*--host example\.com --host 169\.254\.169\.254/);
  await grant("on");
  const refused = await failure();
  expect(refused.message).toContain("169.254.169.254:80 through: it is not an address on the internet");
  expect(refused.lines).toContainEqual(["system", expect.stringContaining("169.254.169.254:80")]);
  await grant("off");
  expect((await failure()).message).toContain("its network is off");
});
