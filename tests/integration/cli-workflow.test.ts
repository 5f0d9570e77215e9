import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { deployWorkflowContract, showWorkflowContract } from "@/lib/workflows/contract";
import { emptyDefinition } from "@/lib/workflows/definition/schema";
import { updateDraft, withoutResults } from "../support/drafts";
import { TestProject } from "../support/project";
import { openScripted } from "../support/scripted";
import { until } from "../support/wait";
import { echoFile, endpointFile, manualFile } from "../support/workflow-file";

const { folder, cli, write, close } = await openScripted("greet", "node-greet", "uses-password");
afterAll(close);

interface WorkflowDocument {
  id: string;
  name: string;
  version: number;
  state: string;
  endpoint: { method: string; path: string; url: string } | null;
}
interface RunDocument {
  id: string;
  state: string;
  outputs: Record<string, unknown> | null;
  error: { type: string; message: string } | null;
}

const importLive = (file: string) => cli.json<WorkflowDocument>(["workflow", "import", file, "--deploy"]);

describe("workflow", () => {
  const greeting = (path: string) =>
    endpointFile({
      name: path,
      path,
      inputs: { name: "string" },
      steps: { hi: { use: "greet", with: { name: "=api.name" } } },
      results: { text: "hi.greeting" },
    });

  it.concurrent("check lists every problem with its place", async () => {
    const fine = write("fine.yaml", greeting("/fine"));
    expect(await cli.json(["workflow", "check", fine])).toEqual({ valid: true, problems: [] });
    expect(await cli.text(["workflow", "check", fine])).toBe("The workflow is valid.\n");
    const wrong = write(
      "wrong.yaml",
      endpointFile({ path: "/{a}", steps: { hi: { use: "greet" }, gone: { use: "no-such" } } }),
    );
    const result = await cli.run(["workflow", "check", wrong]);
    expect([result.status, result.stdout]).toEqual([1, "The workflow is not valid.\n"]);
    for (const place of ["[210]", "[203] nodes.api.inputs.path", "[105] nodes.hi.inputs.name"])
      expect(result.stderr).toContain(place);
  });

  it.concurrent("import, deploy, call, export, stop, deploy an earlier one, roll back", async () => {
    const live = await importLive(write("life.yaml", greeting("/life")));
    expect(live).toMatchObject({
      name: "/life",
      version: 1,
      state: "live",
      endpoint: { method: "POST", url: expect.stringContaining("/life") },
    });
    const { key } = await cli.json<{ key: string }>(["key", "create", "for /life"]);
    const call = await fetch(live.endpoint?.url ?? "", {
      method: "POST",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: '{"name": "Ada"}',
    });
    expect(await call.json()).toEqual({ text: "Hello Ada!" });
    const yaml = await cli.text(["workflow", "export", live.id]);
    expect(yaml).toContain("kind: Workflows");
    await cli.text(["workflow", "export", live.id, "-o", "exported.yaml"]);
    expect(readFileSync(join(folder, "exported.yaml"), "utf8")).toBe(yaml);
    expect(await cli.json(["workflow", "export", live.id])).toMatchObject({ id: live.id, content: yaml });
    const copy = await cli.json<WorkflowDocument>(["workflow", "clone", live.id, "--name", "A copy"]);
    expect(copy).toMatchObject({ name: "A copy", state: "draft", endpoint: null });
    expect(await cli.text(["workflow", "list"])).toMatch(/\/life +live +1 +POST \/life/);
    expect(await cli.json(["workflow", "show", live.id])).toMatchObject({
      id: live.id,
      problems: [],
      versions: [{ number: 1, live: true }],
    });
    expect(await cli.json(["workflow", "stop", live.id])).toMatchObject({ state: "stopped", endpoint: null });
    expect((await cli.run(["workflow", "stop", live.id])).status).toBe(1);
    expect(await cli.json(["workflow", "rollback", live.id])).toMatchObject({ state: "live", version: 1 });
    expect(await cli.json(["workflow", "deploy", live.id, "--version", "1"])).toMatchObject({
      version: 1,
      endpoint: { path: "/life" },
    });
    expect(await cli.text(["workflow", "deploy", live.id])).toContain("is live, version 1");
    expect((await cli.run(["workflow", "rollback", live.id])).status).toBe(1);
  });

  it.concurrent("import from stdin, and of a file with problems", async () => {
    expect(await cli.json(["workflow", "import", "-"], { stdin: greeting("/piped") })).toMatchObject({
      state: "draft",
      name: "/piped",
    });
    const file = write("missing.yaml", endpointFile({ path: "/missing", steps: { gone: { use: "no-such" } } }));
    const refused = await cli.json<{ problems: { code: string }[] }>(["workflow", "import", file], { status: 1 });
    expect(refused.problems.map((problem) => problem.code)).toContain("210");
    expect(await cli.json(["workflow", "import", file, "--force"])).toMatchObject({ state: "draft" });
  });

  it("--dry-run tells what breaks callers, and changes nothing", async () => {
    const project = await TestProject.create();
    const own = cli.with({ MILLRACE_TOKEN: project.admin.token, MILLRACE_PROJECT: project.id });
    const { id } = await project.deploy(echoFile("/tried"));
    const params = { project: project.id, workflow: id };
    const deploy = (version?: number) => project.api(deployWorkflowContract, { params, body: { version } });
    await updateDraft(project, id, withoutResults);
    await deploy();
    expect(await own.text(["workflow", "rollback", id, "--dry-run"])).toBe(
      "Version 1 over version 2, which is live\nFor callers:\n  The answer also has text.\nSteps:\n" +
        "  CHANGE   STEP              ACTION  WHAT\n  changed  what is answered  –       –\n",
    );
    await deploy(1);
    expect(await own.json(["workflow", "deploy", id, "--version", "2", "--dry-run"])).toMatchObject({
      ...{ version: 2, live: 1, valid: true },
      contract: [{ isBreaking: true, message: "The answer no longer has text." }],
    });
    await updateDraft(project, id, () => emptyDefinition);
    const broken = await own.run(["workflow", "deploy", id, "--dry-run"]);
    expect([broken.status, broken.stdout]).toEqual([1, expect.stringContaining("BREAKING POST /tried is gone")]);
    expect(broken.stderr).toMatch(/error \[2\] .*\nIt cannot go live\.\n$/);
    expect(await project.api(showWorkflowContract, { params })).toMatchObject({ version: 1, state: "live" });
  });
});

describe("run", () => {
  const hello = manualFile({
    name: "Hello",
    inputs: { name: "string" },
    steps: { hi: { use: "node-greet", with: { name: "=api.name" } } },
    results: { text: "hi.greeting" },
  });

  it.concurrent("start, show, logs, list and replay", async () => {
    const { id, name } = await importLive(write("hello.yaml", hello));
    const run = await cli.json<RunDocument>(["run", "start", name, "--input", '{"name": "Ada"}', "--wait"]);
    expect(run).toMatchObject({ state: "completed", outputs: { text: "Hello Ada!" } });
    const shown = await cli.json(["run", "show", run.id]);
    expect(shown).toMatchObject({
      id: run.id,
      version: 1,
      http: null,
      workflow: { id },
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
      durationMs: expect.any(Number),
    });
    expect((shown.steps as object[])[1]).toMatchObject({
      node: "hi",
      action: "node-greet@1.0.0",
      state: "completed",
      attempts: 1,
      inputs: { name: "Ada" },
      outputs: { greeting: "Hello Ada!" },
      error: null,
    });
    expect(await cli.text(["run", "show", run.id])).toMatch(
      /^WorkflowRun-\S+ is completed after .*\nSTEP +ACTION +STATE/,
    );
    const log = await cli.text(["run", "logs", run.id, "--follow"]);
    expect(log).toMatch(/^\S+Z hi greeting Ada\n\S+Z hi \[stderr\] to stderr\n$/);
    expect(await cli.json(["run", "logs", run.id])).toMatchObject([
      { node: "hi", line: "greeting Ada" },
      { stream: "stderr" },
    ]);
    const replayed = await cli.json<RunDocument>(["run", "replay", run.id, "--from", "hi"]);
    expect(replayed).toMatchObject({ source: "replay", replayOf: run.id });
    const page = await cli.run(["run", "list", "--workflow", id, "--limit", "1", "--json"]);
    expect(JSON.parse(page.stdout)).toMatchObject([{ id: replayed.id }]);
    const cursor = /--cursor (\S+)/.exec(page.stderr)?.[1] ?? "";
    expect(await cli.json(["run", "list", "--workflow", id, "--cursor", cursor])).toMatchObject([{ id: run.id }]);
    expect(await cli.text(["run", "list", "--state", "completed", "--workflow", "Hello"])).toContain(run.id);
    expect((await cli.run(["run", "list", "--state", "done"])).status).toBe(2);
    expect((await cli.run(["run", "start", "No such workflow"])).status).toBe(2);
  });

  it.concurrent("start --wait of a run that fails ends with 1, and still shows it", async () => {
    const file = manualFile({
      name: "Fails",
      steps: { only: { use: "uses-password", with: { secret: "hunter2", fail: true } } },
    });
    await importLive(write("fails.yaml", file));
    const run = await cli.json<RunDocument>(["run", "start", "Fails", "--wait"], { status: 1 });
    expect(run).toMatchObject({
      state: "failed",
      outputs: null,
      error: { type: "ValueError", message: "refused ••••••" },
    });
  });

  it.concurrent("cancel", async () => {
    await cli.text(["action", "init", "slow-one", "--type", "python3"]);
    write(
      "slow-one/ryax_handler.py",
      "import time\ndef handle(i):\n    print('begun', flush=True)\n    time.sleep(600)\n",
    );
    await cli.text(["action", "push", "slow-one"]);
    await importLive(write("slow.yaml", manualFile({ name: "Slow", steps: { only: { use: "slow-one" } } })));
    const { id } = await cli.json<RunDocument>(["run", "start", "Slow"]);
    const followed = cli.text(["run", "logs", id, "--follow"]);
    await until("the step has begun", async () => (await cli.text(["run", "logs", id])).includes("begun"), 20_000);
    expect(await cli.text(["run", "cancel", id])).toBe(`${id} is canceled.\n`);
    expect(await followed).toContain("only begun");
    expect((await cli.run(["run", "cancel", id])).status).toBe(1);
  }, 60_000);
});
