import { beforeAll, describe, expect, it } from "vitest";
import type { ApiError } from "@/lib/http/client";
import { type Contract, isJsonBody } from "@/lib/http/contract";
import { setVariableContract } from "@/lib/variables/contract";
import { createWorkflowContract, importWorkflowContract } from "@/lib/workflows/contract";
import { type Furnished, furnish } from "../support/furnished";
import { allContracts } from "../support/operations";

/** Texts that a database, a file system or a parser may stumble over: an answer, but never a failure of ours. */
const oddTexts: [name: string, text: string][] = [
  ["U+0000", "a\u0000b"],
  ["a lone surrogate", "a\ud83db"],
  ["a quote and a percent sign", "'%s\" or 1=1 --"],
  ["dots and slashes", "../../etc/passwd"],
  ["a very long text", "x".repeat(5_000)],
  ["a line break", "a\r\nb: c"],
  ["words for things inside of objects", "__proto__"],
];

const contracts = (await allContracts()).filter((contract) => contract.path.includes("{project}"));
const parametersOf = (contract: Contract) => [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

let owner: Furnished;
beforeAll(async () => {
  owner = await furnish();
});

async function send(contract: Contract, params: Record<string, string>, search = "", body = "{}"): Promise<number> {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    // A lone surrogate cannot be written in an address: it arrives as U+FFFD.
    encodeURIComponent((params[name] ?? "x").replace(/\p{Surrogate}/gu, "\ufffd")),
  );
  const headers: Record<string, string> = { authorization: `Bearer ${owner.project.admin.token}` };
  if (contract.body) headers["content-type"] = isJsonBody(contract.body) ? "application/json" : contract.body.mediaType;
  const init: RequestInit = { method: contract.method, headers, ...(contract.body && { body }) };
  const answer = await fetch(owner.project.url + path + search, init);
  await answer.body?.cancel();
  return answer.status;
}

describe.each(oddTexts)("%s", (_, text) => {
  const places = contracts.flatMap((contract) =>
    parametersOf(contract).map((name) => [contract.operationId, name, contract] as const),
  );

  it.concurrent.each(places)("in %s's {%s} is an answer of 4xx", async (_operation, name, contract) => {
    const status = await send(contract, { ...owner.params, [name]: text });
    // A variable may be named `__proto__`; nothing else of these is a name of something.
    const mayBeOne = name === "variable" && text === "__proto__";
    expect([404, 409, 422, ...(mayBeOne ? [200, 204] : [])]).toContain(status);
  });
});

describe("in a query", () => {
  const withQuery = contracts.flatMap((contract) =>
    Object.keys(contract.query?.shape ?? {}).map((name) => [contract.operationId, name, contract] as const),
  );

  it.concurrent.each(withQuery)("%s answers whatever %s holds", async (_, name, contract) => {
    for (const [, text] of oddTexts) {
      const search = `?${name}=${encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"))}`;
      expect(await send(contract, owner.params, search)).toBeLessThan(500);
    }
  });
});

describe("in a body", () => {
  const bodies: [operationId: string, body: (text: string) => object][] = [
    ["createKey", (name) => ({ name })],
    ["updateProject", (name) => ({ name })],
    ["setVariable", (value) => ({ value })],
    ["setVariable", (description) => ({ value: "x", description })],
    ["createWorkflow", (name) => ({ name })],
    ["createWorkflow", (description) => ({ name: "x", description })],
    [
      "createWorkflow",
      (text) => ({
        name: "x",
        definition: {
          nodes: [
            {
              id: "a",
              name: text,
              action: { id: text, version: text },
              inputs: { [text]: { static: text } },
              addons: { [text.slice(0, 60)]: { x: text } },
            },
          ],
        },
      }),
    ],
    ["startRun", (text) => ({ input: { [text]: text } })],
    ["testDraft", (text) => ({ input: { [text]: text } })],
    ["replayRun", (from) => ({ from })],
  ];

  it.concurrent.each(bodies)("%s answers whatever it holds (%#)", async (operationId, body) => {
    const contract = contracts.find((candidate) => candidate.operationId === operationId);
    if (!contract) throw new Error(`There is no operation ${operationId}.`);
    for (const [name, text] of oddTexts) {
      const status = await send(contract, { ...owner.params, variable: "ODD" }, "", JSON.stringify(body(text)));
      expect([name, status < 500]).toEqual([name, true]);
    }
  });
});

describe("in a file", () => {
  it.concurrent.each(oddTexts)("that is imported, %s", async (_, text) => {
    const { project } = owner;
    const document = {
      kind: "Workflows",
      spec: { human_name: text, description: text, functions: [{ id: text, from: text, [text]: text }] },
    };
    for (const force of [true, false]) {
      const call = project.api(importWorkflowContract, { query: { force }, body: JSON.stringify(document) });
      const status = await call.then(
        () => 201,
        (error: ApiError) => error.status,
      );
      expect([201, 422]).toContain(status);
    }
  });

  it.concurrent.each(oddTexts)("that is pushed, %s", async (_, text) => {
    const { project } = owner;
    const spec = {
      addons: { [text]: {} },
      description: text,
      categories: [text.slice(0, 30)],
      dependencies: [text.slice(0, 90)],
    };
    const code = `# ${text.replaceAll(/[^ -~]/g, "")}\ndef handle(i): pass\n`;
    await project.pushCode({ id: `odd-${oddTexts.findIndex((odd) => odd[1] === text)}`, code, spec });
  });
});

describe("in drafts", () => {
  it("keep nothing else of their project from being read, changed and deleted", async () => {
    const { project, params } = owner;
    await project.pushCode({ id: "unused", version: "1.0.0", code: "def handle(i): pass\n" });
    await project.api(setVariableContract, {
      params: { project: project.id, variable: "UNUSED" },
      body: { value: "x" },
    });
    for (const [, text] of oddTexts) {
      const inputs = { text: { static: `${text}\\u0000\\\\u0000` } };
      const node = { id: "a", name: text.slice(0, 100), action: { id: "other", version: "1" }, inputs };
      await project.api(createWorkflowContract, { body: { name: "odd", definition: { nodes: [node] } } });
    }
    const of = (operationId: string) => contracts.find((contract) => contract.operationId === operationId) as Contract;
    const unused = { ...params, variable: "UNUSED", action: "unused", version: "1.0.0" };
    expect(await send(of("unsetVariable"), unused)).toBe(204);
    expect(await send(of("deleteAction"), unused)).toBe(204);
    for (const contract of contracts.filter(({ method }) => method === "GET"))
      expect([contract.operationId, (await send(contract, params)) < 500]).toEqual([contract.operationId, true]);
  });
});

describe("in an address of users' endpoints", () => {
  it.concurrent.each([
    "/user-api/%00/x",
    "/user-api/PROJECT/%00",
    "/user-api/PROJECT/file/%00",
    "/results/PROJECT/%00?token=x",
    "/results/%00/RUN?token=x",
    "/results/PROJECT/RUN?token=%00",
    "/results/PROJECT/RUN?token=x&file=%00",
    "/runner/results/%00",
    "/user-api/PROJECT/..%2f..%2fetc",
  ])("%s is not there", async (template) => {
    const path = template.replace("PROJECT", owner.project.id).replace("RUN", owner.params.run ?? "");
    const answer = await fetch(owner.project.url + path, { headers: { "x-api-key": owner.project.key } });
    expect(answer.status).toBe(404);
  });
});
