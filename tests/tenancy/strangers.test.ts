import { beforeAll, describe, expect, it } from "vitest";
import { type Contract, isJsonBody } from "@/lib/http/contract";
import { listKeysContract } from "@/lib/keys/contract";
import { listProjectsContract, showProjectContract } from "@/lib/projects/contract";
import { listRunsContract } from "@/lib/runs/contract";
import { listVariablesContract } from "@/lib/variables/contract";
import { showWorkflowContract } from "@/lib/workflows/contract";
import { type Furnished, furnish } from "../support/furnished";
import { addressOf, allContracts, validBody } from "../support/operations";
import { TestProject } from "../support/project";

/** What names something of one project; a variable's name is each project's own. */
const foreignParams = ["action", "invite", "key", "member", "workflow", "run", "blob", "source"];

const inProject = (await allContracts()).filter((contract) => contract.path.includes("{project}"));
const parametersOf = (contract: Contract) => [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
const named = (list: Contract[]) => list.map((contract) => [contract.operationId, contract] as const);

let owner: Furnished;
let stranger: TestProject;
let before: unknown;

/** What the owner sees of the project, to be the same after all that strangers try. */
async function snapshot(): Promise<unknown> {
  const { project, params } = owner;
  const at = { project: project.id, workflow: params.workflow ?? "" };
  const keys = await project.api(listKeysContract);
  return [
    await project.api(showProjectContract),
    keys.items.map(({ lastUsedAt: _, ...key }) => key),
    await project.api(listVariablesContract),
    await project.api(showWorkflowContract, { params: at }),
    await project.api(listRunsContract),
    await project.showRun(params.run ?? ""),
  ];
}

beforeAll(async () => {
  [owner, stranger] = await Promise.all([furnish(), TestProject.create()]);
  before = await snapshot();
});

async function callAsStranger(contract: Contract, params: Record<string, string>): Promise<Response> {
  for (const name of parametersOf(contract))
    if (!params[name]) throw new Error(`There is no value for {${name}}: give \`furnish()\` one of it.`);
  const headers: Record<string, string> = { authorization: `Bearer ${stranger.admin.token}` };
  if (contract.body) headers["content-type"] = isJsonBody(contract.body) ? "application/json" : contract.body.mediaType;
  const init: RequestInit = {
    method: contract.method,
    headers,
    ...(contract.body && { body: JSON.stringify(validBody(contract, "stranger")) }),
  };
  return fetch(owner.project.url + addressOf(contract, params), init);
}

async function expectNotFound(answer: Response) {
  const problem = await answer.json();
  expect([answer.status, problem.code]).toEqual([404, "not_found"]);
  for (const [name, value] of Object.entries(owner.params))
    if (name !== "version") expect(JSON.stringify(problem)).not.toContain(`"${value}"`);
}

describe("a stranger to a project", () => {
  it.each(named(inProject))("is answered 404 by %s", async (_, contract) => {
    await expectNotFound(await callAsStranger(contract, owner.params));
  });

  it("is told the same of a project that does not exist", async () => {
    for (const contract of inProject) {
      const [there, nowhere] = await Promise.all([
        callAsStranger(contract, owner.params).then((answer) => answer.json()),
        callAsStranger(contract, { ...owner.params, project: "nosuchproj" }).then((answer) => answer.json()),
      ]);
      expect({ ...there, request_id: "" }).toEqual({ ...nowhere, request_id: "" });
    }
  });

  it("is not shown the project in a list", async () => {
    const { items } = await stranger.api(listProjectsContract);
    expect(items.map((item) => item.id)).toEqual([stranger.id]);
  });
});

describe("in a project of their own, another one's things", () => {
  const withForeign = inProject.filter((contract) =>
    parametersOf(contract).some((name) => foreignParams.includes(name)),
  );

  it.each(named(withForeign))("are answered 404 by %s", async (_, contract) => {
    await expectNotFound(await callAsStranger(contract, { ...owner.params, project: stranger.id }));
  });
});

it("nothing of the project has changed by all this", async () => {
  expect(await snapshot()).toEqual(before);
});
