import { request } from "node:http";
import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { updateProjectContract } from "@/lib/projects/contract";
import { connectAsApplication, withProjects } from "../support/database";
import { ListeningWorkflow } from "../support/listeners";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

const sql: Sql = connectAsApplication();
let owner: TestProject;
let stranger: TestProject;

const served = async (project: TestProject): Promise<{ pid: number; workflow: ListeningWorkflow }> => {
  await project.pushFixtures("serves-http");
  const workflow = await ListeningWorkflow.of(project, "serves-http", {});
  const pid = await until("it answers", async () => {
    const answer = await project.call("/hooks/x");
    return answer.status === 200 && (await answer.json()).pid;
  });
  await project.api(updateProjectContract, { body: { requireKey: true } });
  return { pid, workflow };
};

let ofOwner: Awaited<ReturnType<typeof served>>;

beforeAll(async () => {
  [owner, stranger] = await Promise.all([TestProject.create(), TestProject.create()]);
  ofOwner = await served(owner);
});
afterAll(async () => {
  await ofOwner.workflow.stop();
  await sql.end();
});

/** What the worker's own port answers who asks it for a connection. */
function askWorker(address: string, name: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(`http://${address}`);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method: "CONNECT", path: name, headers });
    asked.once("connect", (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode);
    });
    asked.once("error", reject);
    asked.end();
  });
}

describe("what a project's trigger serves", () => {
  it("answers neither a stranger's key nor a stranger's path", async () => {
    const foreign = { headers: { authorization: `Bearer ${stranger.key}` } };
    expect((await owner.call("/hooks/x", foreign)).status).toBe(401);
    expect((await owner.call("/hooks/x", { headers: { authorization: "Bearer none" } })).status).toBe(401);
    expect((await stranger.call("/hooks/x")).status).toBe(404);
    expect((await owner.call("/hooks/x")).status).toBe(200);
  });

  it("is reached at its worker's port with a pass that was signed for it alone", async () => {
    const [row] = await withProjects(
      sql,
      [owner.id],
      (tx) => tx<{ address: string; holder: string }[]>`select address, holder from listeners`,
    );
    const name = `${ofOwner.workflow.id}.${row?.holder}`;
    const later = Date.now() + 30_000;
    for (const pass of ["", `${later}.`, `${later}.${"A".repeat(43)}`])
      expect(await askWorker(row?.address ?? "", name, { "x-millrace-pass": pass })).toBe(403);
    const plain = await fetch(`http://${row?.address}/hooks/x`);
    expect([plain.status, await plain.text()]).toEqual([404, ""]);
  });
});
