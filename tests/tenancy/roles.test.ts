import { beforeAll, describe, expect, it } from "vitest";
import { type Role, roles } from "@/drizzle/enums";
import { type Permission, permissions, roleMay } from "@/lib/auth/permissions";
import { type Contract, isJsonBody } from "@/lib/http/contract";
import { addMember } from "../support/members";
import { addressOf, allContracts, validBody } from "../support/operations";
import { type Person, signUp, TestProject } from "../support/project";

/** What each operation needs, said a second time on purpose: a use case that names another permission is found here. */
const needed: Record<string, Permission> = {
  showProject: "project.view",
  watchProject: "project.view",
  updateProject: "project.update",
  deleteProject: "project.delete",
  listMembers: "members.view",
  listAudit: "audit.view",
  changeMemberRole: "members.manage",
  removeMember: "members.manage",
  leaveProject: "project.view",
  listInvites: "members.manage",
  createInvite: "members.manage",
  revokeInvite: "members.manage",
  createKey: "keys.manage",
  listKeys: "keys.view",
  revokeKey: "keys.manage",
  setVariable: "variables.manage",
  setFileVariable: "variables.manage",
  listVariables: "variables.view",
  unsetVariable: "variables.manage",
  pushActions: "actions.manage",
  listActions: "actions.view",
  showAction: "actions.view",
  readPackage: "actions.view",
  tryAction: "actions.manage",
  deleteAction: "actions.manage",
  grantNetwork: "actions.grant",
  addCatalogueEntry: "actions.manage",
  listSources: "actions.view",
  showSource: "actions.view",
  addSource: "actions.manage",
  updateSource: "actions.manage",
  removeSource: "actions.manage",
  scanSource: "actions.manage",
  importFromSource: "actions.manage",
  createSourceHook: "actions.manage",
  listWorkflows: "workflows.view",
  showWorkflow: "workflows.view",
  showWorkflowVersion: "workflows.view",
  previewDeployment: "workflows.view",
  previewRollback: "workflows.view",
  checkWorkflow: "workflows.view",
  exportWorkflow: "workflows.view",
  createWorkflow: "workflows.edit",
  updateWorkflow: "workflows.edit",
  cloneWorkflow: "workflows.edit",
  deleteWorkflow: "workflows.edit",
  uploadWorkflowFile: "runs.start",
  importWorkflow: "workflows.edit",
  deployWorkflow: "workflows.deploy",
  stopWorkflow: "workflows.deploy",
  rollbackWorkflow: "workflows.deploy",
  showClock: "workflows.view",
  showTrigger: "workflows.view",
  readTriggerLog: "runs.view",
  listEvents: "runs.view",
  redeliverEvents: "runs.start",
  testDraft: "workflows.edit",
  startRun: "runs.start",
  listRuns: "runs.view",
  showRun: "runs.view",
  showRunDefinition: "runs.view",
  addExample: "workflows.deploy",
  readRunLogs: "runs.view",
  readRunValue: "runs.view",
  showActivity: "runs.view",
  cancelRun: "runs.cancel",
  replayRun: "runs.start",
  deleteRun: "runs.delete",
  countRuns: "runs.view",
  cancelRuns: "runs.cancel",
  replayRuns: "runs.start",
  deleteRuns: "runs.delete",
  showUsage: "project.view",
  showLimits: "project.view",
  updateLimits: "limits.manage",
};

const operations = (await allContracts()).filter((contract) => contract.path.includes("{project}"));
const endings = ["deleteProject", "leaveProject"];
/** What ends the project, and memberships in it, comes last: until then everybody has been asked everything else. */
const cases = [...roles]
  .reverse()
  .flatMap((role) => operations.map((contract) => [role, contract.operationId, contract] as const))
  .sort(([, left], [, right]) => endings.indexOf(left) - endings.indexOf(right));

let project: TestProject;
let people: Map<Role, Person>;

beforeAll(async () => {
  project = await TestProject.create();
  people = new Map();
  for (const role of roles) {
    const person = await signUp();
    await addMember(project.id, person, role);
    people.set(role, person);
  }
});

async function callAs(role: Role, contract: Contract): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${people.get(role)?.token}` };
  const init: RequestInit = { method: contract.method, headers };
  if (contract.body) {
    headers["content-type"] = isJsonBody(contract.body) ? "application/json" : contract.body.mediaType;
    init.body = JSON.stringify(validBody(contract, role));
  }
  const params = { project: project.id, blob: "0".repeat(64), variable: `BY_${role}` };
  return fetch(project.url + addressOf(contract, params), init);
}

it("every operation is in the table", () => {
  expect(operations.map((contract) => contract.operationId).filter((id) => !needed[id])).toEqual([]);
});

it.each(cases)("a %s may call %s as the table says", async (role, operationId, contract) => {
  const permission = needed[operationId] as Permission;
  const answer = await callAs(role, contract);
  if (roleMay(role, permission)) {
    // What it meets beyond the door is not the matter here.
    expect([401, 403, 500, 503]).not.toContain(answer.status);
    await answer.body?.cancel();
    return;
  }
  const problem = await answer.json();
  expect([answer.status, problem.code]).toEqual([403, "forbidden"]);
  expect(problem.message).toContain(permission);
});

describe("the table", () => {
  it("gives each role all that the ones below it have, and the admin everything", () => {
    const may = (role: Role) => permissions.filter((permission) => roleMay(role, permission));
    const ascending: Role[] = ["viewer", "operator", "developer", "admin"];
    for (const [index, role] of ascending.entries()) {
      const below = ascending[index - 1];
      if (below) expect(may(role)).toEqual(expect.arrayContaining(may(below)));
    }
    expect(may("admin")).toEqual([...permissions]);
  });

  it("lets a viewer change nothing, and an operator only what runs", () => {
    const changing = permissions.filter((permission) => !permission.endsWith(".view"));
    expect(changing.filter((permission) => roleMay("viewer", permission))).toEqual([]);
    expect(changing.filter((permission) => roleMay("operator", permission))).toEqual(["runs.start", "runs.cancel"]);
  });
});
