import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { listRunsContract, type RunDetail } from "@/lib/runs/contract";
import { listVariablesContract, setVariableContract } from "@/lib/variables/contract";
import { exportWorkflowContract, showWorkflowContract } from "@/lib/workflows/contract";
import { connectAsApplication, withProjects } from "../support/database";
import { testHome } from "../support/instance";
import { TestProject } from "../support/project";
import { logsOf } from "../support/step";
import { rawHistoryOf } from "../support/temporal";

/** One secret for each way in; each is told from the others wherever it turns up. */
const secrets = {
  variable: `var-${randomBytes(12).toString("hex")}`,
  fixed: `fix-${randomBytes(12).toString("hex")}`,
  sent: `snt-${randomBytes(12).toString("hex")}`,
  large: `lrg-${randomBytes(30_000).toString("hex")}`,
};
const formsOf = (secret: string) => [secret.slice(0, 200), Buffer.from(secret).toString("base64").slice(0, 200)];

let project: TestProject;
let workflow: string;
let run: RunDetail;

beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "keep-secrets",
      inputs: { variable: "password", fixed: "password", sent: "password", large: "password" },
      outputs: { sizes: "string", carried: "string", pass_on: "password" },
      code: `
import sys
def handle(i):
    for name, value in i.items():
        print(name, "is", value if len(value) < 1000 else "long")
        print(name, "is", value if len(value) < 1000 else "long", file=sys.stderr)
    sizes = ",".join(name + ":" + str(len(i[name])) for name in sorted(i))
    return {"sizes": sizes, "carried": "Bearer " + i["variable"], "pass_on": i["sent"]}
`,
    },
    {
      id: "fail-loudly",
      inputs: { secret: "password" },
      code: "def handle(i): raise ValueError('could not use ' + i['secret'])\n",
    },
  );
  for (const name of ["variable", "large"] as const) {
    const params = { project: project.id, variable: name.toUpperCase() };
    await project.api(setVariableContract, { params, body: { value: secrets[name], secret: true } });
  }
  const live = await project.deployEndpoint({
    path: "/secrets",
    inputs: { sent: "password" },
    steps: {
      keep: {
        use: "keep-secrets",
        with: {
          variable: { variable: "VARIABLE" },
          fixed: secrets.fixed,
          sent: "=api.sent",
          large: { variable: "LARGE" },
        },
      },
      fail: {
        use: "fail-loudly",
        with: { secret: "=keep.pass_on" },
        after: ["keep"],
        retry: { max_attempts: 2, backoff_seconds: 0 },
      },
    },
    results: { sizes: "keep.sizes" },
  });
  workflow = live.id;
  const answer = await project.post("/secrets", { sent: secrets.sent });
  run = await project.endedRun(answer.headers.get("x-workflow-run-id") ?? "");
});

function expectNone(text: string): void {
  for (const secret of Object.values(secrets))
    for (const form of formsOf(secret)) expect(text.includes(form)).toBe(false);
}

it("reach the handler as they are", () => {
  const sizes = Object.entries(secrets).map(([name, secret]) => `${name}:${secret.length}`);
  expect(run.steps[1]?.outputs?.sizes).toBe(sizes.sort().join(","));
  expect(run.error).toMatchObject({ type: "ValueError", message: "could not use ••••••", node: "fail" });
});

it("are in no answer of the API", async () => {
  const at = { project: project.id, workflow };
  const answers = [
    run,
    await logsOf(project, run.id),
    await project.api(listRunsContract),
    await project.api(listVariablesContract),
    await project.api(showWorkflowContract, { params: at }),
    await (await project.raw(exportWorkflowContract, { params: at })).text(),
    await (await fetch(run.resultLink ?? "")).text(),
  ];
  expect(JSON.stringify(answers)).toContain("••••••");
  expectNone(JSON.stringify(answers));
});

it("are in no row of the database", async () => {
  const sql = connectAsApplication();
  try {
    const tables = await sql<
      { name: string }[]
    >`select table_name as name from information_schema.columns where column_name = 'project_id' and table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await withProjects(
        sql,
        [project.id],
        (tx) => tx`select row_to_json(found)::text as text from ${tx(name)} found`,
      );
      expectNone(rows.map((row) => row.text).join("\n"));
    }
  } finally {
    await sql.end();
  }
});

it("are in no history of Temporal", async () => {
  const history = await rawHistoryOf(project.id, run.id);
  expect(history.length).toBeGreaterThan(500);
  expectNone(history);
  // Nor is anything else of the run's: payloads are encrypted whole.
  expect(history).not.toContain(workflow);
});

it("are in no log of the platform, and in no file of its store", () => {
  const read = (folder: string) =>
    readdirSync(join(testHome(), folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  const files = [...read("logs"), ...read(join("blobs", project.id))];
  expect(files.length).toBeGreaterThan(4);
  for (const text of files) expectNone(text);
});
