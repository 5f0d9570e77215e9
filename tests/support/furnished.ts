import { grantNetworkContract } from "@/lib/actions/contract";
import { createKeyContract } from "@/lib/keys/contract";
import { createInviteContract } from "@/lib/members/contract";
import { addSourceContract } from "@/lib/sources/contract";
import { setVariableContract } from "@/lib/variables/contract";
import { connectAsApplication, withProjects } from "./database";
import { holdTo } from "./limits";
import { ListeningWorkflow } from "./listeners";
import { TestProject } from "./project";
import { triggerFile } from "./workflow-file";

/** A project with something of everything in it, and the ids of what there is. */
export interface Furnished {
  project: TestProject;
  /** By the names that operations give their parameters. */
  params: Record<string, string>;
  resultLink: string;
}

const failOrWrite = `
def handle(inputs):
    print("attempt with", len(inputs["secret"]), "characters")
    if inputs["fail"]:
        raise ValueError("asked to fail")
    open("contents.txt", "w").write("only for members")
    return {"file": "contents.txt", "large": "x" * 50_000}
`;

/** Leaves a row of its own, a cursor and a line of its log. */
async function furnishListener(project: TestProject): Promise<void> {
  const workflow = await ListeningWorkflow.deploy(project, {
    id: "listener",
    code: `
async def run(service, input_values):
    await service.set_cursor("place", "only for members")
    print("heard something")
`,
  });
  await workflow.said("heard something");
}

/** What is written of hours that are over, which no test waits for, and a limit that is held lower. */
async function furnishUsage(project: TestProject): Promise<void> {
  await holdTo(project, { retentionDays: 20 });
  const sql = connectAsApplication();
  await withProjects(sql, [project.id], async (tx) => {
    const hour = new Date();
    await tx`insert into usage_hours ${tx({ project_id: project.id, hour, completed: 1, failed: 0, canceled: 0, step_ms: 5 })}`;
    await tx`insert into limit_refusals ${tx({ project_id: project.id, hour, limit_name: "openRuns", count: 1 })}`;
  });
  await sql.end();
}

export async function furnish(): Promise<Furnished> {
  const project = await TestProject.create();
  await project.pushCode(
    {
      id: "write-file",
      inputs: { secret: "password", fail: "boolean" },
      outputs: { file: "file", large: "longstring" },
      code: failOrWrite,
    },
    { id: "unused", code: "def handle(i): pass\n" },
  );
  await project.api(setVariableContract, {
    params: { project: project.id, variable: "SECRET" },
    body: { value: "hunter2-of-the-owner", secret: true },
  });
  await project.api(grantNetworkContract, {
    params: { project: project.id, action: "unused" },
    body: { policy: "allow-list", hosts: ["only-for-members.example.com"] },
  });
  const file = {
    path: "/file",
    inputs: { fail: "boolean" as const },
    steps: {
      write: {
        use: "write-file",
        with: { secret: { variable: "SECRET" }, fail: "=api.fail" },
        retry: { max_attempts: 2, backoff_seconds: 0 },
      },
    },
    results: { file: "write.file" },
  };
  const workflow = await project.deployEndpoint(file);
  await project.deploy(triggerFile("crongw", { foreach: "0 0 1 1 *" }));
  await project.deploy(triggerFile("workflow-end", {}, { name: "After all" }));
  await furnishListener(project);
  await furnishUsage(project);
  const answer = await project.post("/file", { fail: false }, { headers: { "idempotency-key": "furniture" } });
  const run = answer.headers.get("x-workflow-run-id") ?? "";
  await project.post("/file", { fail: true });
  const shown = await project.showRun(run);
  const output = shown.steps.at(-1)?.outputs?.file as { url: string };
  const key = await project.api(createKeyContract, { body: { name: "furniture" } });
  const source = await project.api(addSourceContract, {
    body: {
      url: "https://127.0.0.1/only/members.git",
      credentials: { kind: "password", username: "ada", password: "hunter2-of-the-owner" },
    },
  });
  const invite = await project.api(createInviteContract, { body: { role: "viewer", email: "guest@example.com" } });
  return {
    project,
    params: {
      project: project.id,
      action: "write-file",
      version: "1.0",
      key: key.id,
      invite: invite.id,
      member: project.admin.userId,
      source: source.id,
      variable: "SECRET",
      example: "csv-summary",
      workflow: workflow.id,
      run,
      blob: output.url.split("/").at(-1) ?? "",
    },
    resultLink: shown.resultLink ?? "",
  };
}
