import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAuditContract } from "@/lib/audit/contract";
import {
  cancelRunsContract,
  countRunsContract,
  deleteRunsContract,
  replayRunsContract,
} from "@/lib/runs/bulk/contract";
import { listRunsContract, type RunFilter, replayRunContract } from "@/lib/runs/contract";
import { refusal } from "../support/checked";
import { connectAsApplication, withProjects } from "../support/database";
import { addMember } from "../support/members";
import { signUp, TestProject } from "../support/project";
import { until } from "../support/wait";

let project: TestProject;
let shout: string;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "shout",
      inputs: { text: "string", times: "integer" },
      outputs: { loud: "string" },
      code: "def handle(i):\n    return {'loud': i['text'].upper() * i['times']}\n",
    },
    { id: "sleep", code: "import time\ndef handle(i):\n    time.sleep(60)\n" },
  );
  const { id } = await project.deployManual({
    name: "Shout",
    inputs: { text: "string" },
    steps: {
      first: { use: "shout", with: { text: "=api.text", times: 1 } },
      second: { use: "shout", with: { text: "=first.loud", times: 2 }, after: ["first"] },
    },
    results: { loud: "second.loud" },
  });
  shout = id;
});

const found = async (filter: RunFilter) =>
  (await project.api(listRunsContract, { query: filter })).items.map((run) => run.id);
const count = async (filter: RunFilter) => (await project.api(countRunsContract, { query: filter })).count;

describe("a list of runs", () => {
  it("is narrowed by what started them, when, their id and what their input contains", async () => {
    const odd = 'needle 100% "quoted" \\ _x';
    const run = await project.start(shout, { text: odd }, 20);
    const other = await project.start(shout, { text: "hay" }, 20);
    expect(await found({ text: run.id })).toEqual([run.id]);
    for (const text of ["NEEDLE", "100% ", '"quoted" \\', "_x"]) expect(await found({ text })).toEqual([run.id]);
    expect(await found({ text: "1000" })).toEqual([]);
    expect(await found({ source: "manual" })).toEqual(expect.arrayContaining([run.id, other.id]));
    expect(await found({ source: "clock" })).toEqual([]);
    expect(await found({ since: other.createdAt })).toContain(other.id);
    expect(await found({ until: run.createdAt })).not.toContain(run.id);
    expect(await count({ text: "needle" })).toBe(1);
  });

  it.each([{ since: "yesterday" }, { source: "x".repeat(30) }, { text: "x".repeat(201) }])(
    "refuses %j",
    async (query) => {
      expect((await refusal(project.api(listRunsContract, { query }))).code).toBe("invalid_input");
    },
  );
});

describe("many runs at a time", () => {
  it("are replayed, page by page, each once", async () => {
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => project.start(shout, { text: "again and again" }, 20)),
    );
    const filter = { text: "again and again", until: new Date(Date.now() + 1).toISOString() };
    let cursor: string | undefined;
    const done: number[] = [];
    do {
      const body = { filter, limit: 2, ...(cursor && { cursor }) };
      const page = await project.api(replayRunsContract, { body });
      done.push(page.done);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(done).toEqual([2, 2, 1]);
    await until(
      "the replays have ended",
      async () => (await count({ ...filter, until: undefined, source: "replay", state: "completed" })) === 5,
    );
    expect(runs.every((run) => run.state === "completed")).toBe(true);
    expect((await project.api(deleteRunsContract, { body: { filter } })).done).toBe(5);
    expect(await count({ text: "again and again" })).toBe(5);
  });

  it("are canceled where they are open, and nothing else is", async () => {
    const own = await TestProject.create();
    await own.pushCode({ id: "sleep", code: "import time\ndef handle(i):\n    time.sleep(60)\n" });
    const { id } = await own.deployManual({ name: "Slow", steps: { only: { use: "sleep" } } });
    const runs = await Promise.all([own.start(id), own.start(id), own.start(id)]);
    expect((await own.api(deleteRunsContract, { body: { filter: {} } })).done).toBe(0);
    expect((await own.api(cancelRunsContract, { body: { filter: { workflow: id } } })).done).toBe(3);
    for (const run of runs) expect((await own.endedRun(run.id)).state).toBe("canceled");
  });
});

describe("a run that is no longer what the filter found", () => {
  const sql = connectAsApplication();
  afterAll(() => sql.end());

  /** Changes a run, and commits that when the call that is made meanwhile waits for it. */
  async function meanwhile<T>(change: (tx: TransactionSql) => Promise<unknown>, call: () => Promise<T>): Promise<T> {
    const { called } = await withProjects(sql, [project.id], async (tx) => {
      await change(tx);
      const [holder] = await tx`select pg_backend_pid() as pid`;
      const calling = call();
      await until("the call waits for the run", async () => {
        const waiting = await sql`select 1 from pg_stat_activity where ${holder?.pid} = any(pg_blocking_pids(pid))`;
        return waiting.length > 0;
      });
      return { called: calling };
    });
    return called;
  }

  const noted = async (action: string) =>
    (await project.api(listAuditContract, { query: { about: "run" } })).items.filter(
      (entry) => entry.action === action,
    );

  it("is passed over, and nothing is written down of it", async () => {
    const { id } = await project.start(shout, { text: "passed over" }, 20);
    const body = { filter: { text: id } };
    await withProjects(sql, [project.id], (tx) => tx`update runs set state = 'running' where id = ${id}`);
    const canceled = await meanwhile(
      (tx) => tx`update runs set state = 'completed' where id = ${id}`,
      () => project.api(cancelRunsContract, { body }),
    );
    expect([canceled.done, await noted("run.cancel")]).toEqual([0, []]);
    const before = await noted("run.delete");
    const deleted = await meanwhile(
      (tx) => tx`delete from runs where id = ${id}`,
      () => project.api(deleteRunsContract, { body }),
    );
    expect([deleted.done, await noted("run.delete")]).toEqual([0, before]);
  });
});

describe("a replay with other inputs", () => {
  const replay = (run: string, body: { from?: string; input?: Record<string, string | number | null> }) =>
    project.api(replayRunContract, { params: { project: project.id, run }, body });

  it("of the trigger starts anew with them", async () => {
    const run = await project.start(shout, { text: "a" }, 20);
    const { id } = await replay(run.id, { input: { text: "b" } });
    expect((await project.endedRun(id)).outputs).toEqual({ loud: "BB" });
  });

  it("of a step reuses what came before it, and leaves the workflow as it is", async () => {
    const run = await project.start(shout, { text: "a" }, 20);
    const { id } = await replay(run.id, { from: "second", input: { times: 3 } });
    const ended = await project.endedRun(id);
    expect(ended.outputs).toEqual({ loud: "AAA" });
    expect(ended.steps.find((step) => step.node === "first")?.startedAt).toBe(
      run.steps.find((step) => step.node === "first")?.startedAt,
    );
    expect((await project.start(shout, { text: "a" }, 20)).outputs).toEqual({ loud: "AA" });
  });

  it("names what is wrong with them, and starts nothing", async () => {
    const run = await project.start(shout, { text: "a" }, 20);
    const before = await count({ source: "replay" });
    for (const [from, input, place] of [
      ["second", { times: "many" }, "body.input.times"],
      ["second", { volume: 3 }, "body.input.volume"],
      ["second", { text: null }, "body.input.text"],
      ["api", { text: 3 }, "body.input.text"],
    ] as const) {
      const error = await refusal(replay(run.id, { from, input }));
      expect([error.code, error.issues[0]?.path]).toEqual(["invalid_input", place]);
    }
    expect(await count({ source: "replay" })).toBe(before);
  });

  it("of a step takes more than starting runs", async () => {
    const run = await project.start(shout, { text: "a" }, 20);
    const operator = await signUp();
    await addMember(project.id, operator, "operator");
    const body = { from: "second", input: { times: 3 } };
    const params = { project: project.id, run: run.id };
    expect((await refusal(project.apiAs(operator, replayRunContract, { params, body }))).code).toBe("forbidden");
    expect((await project.apiAs(operator, replayRunContract, { params, body: { from: "second" } })).source).toBe(
      "replay",
    );
  });
});
