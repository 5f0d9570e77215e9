import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Contract } from "@/lib/http/contract";
import { isJsonBody } from "@/lib/http/contract";
import { contracts as printed } from "@/lib/openapi/contracts";
import { addressOf, allContracts, exportedRoutes } from "../support/operations";
import { TestProject } from "../support/project";

const contracts = await allContracts();
const isOpen = (contract: Contract) => !contract.errors.includes("unauthorized") || contract.operationId === "signIn";
const closed = contracts.filter((contract) => !isOpen(contract));
const inProject = contracts.filter((contract) => contract.path.includes("{project}"));
const withJson = contracts.filter((contract) => isJsonBody(contract.body));
const named = (list: Contract[]) => list.map((contract) => [contract.operationId, contract] as const);

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

interface Sent {
  token?: string | null;
  body?: string;
  params?: Record<string, string>;
}

function send(contract: Contract, { token = project.admin.token, body, params }: Sent = {}): Promise<Response> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  if (contract.body) headers["content-type"] = isJsonBody(contract.body) ? "application/json" : contract.body.mediaType;
  const init: RequestInit = { method: contract.method, headers };
  if (contract.body) init.body = body ?? "{}";
  return fetch(project.url + addressOf(contract, { project: project.id, ...params }), init);
}

async function expectProblem(response: Response, status: number, code: string) {
  const problem = await response.json();
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(problem).toMatchObject({ status, code, type: `urn:millrace:error:${code}` });
  expect([problem.detail, problem.error]).toEqual([problem.message, problem.message]);
  expect(problem.request_id).toMatch(/^req_/);
  expect(response.status).toBe(status);
  return problem;
}

it("has one contract for each route, and one route for each contract", () => {
  expect(contracts.map((contract) => `${contract.method} ${contract.path}`).sort()).toEqual(exportedRoutes());
  const ids = contracts.map((contract) => contract.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it("prints each contract in the product's document", () => {
  const idsOf = (list: readonly Contract[]) => list.map((contract) => contract.operationId).sort();
  expect(idsOf(printed)).toEqual(idsOf(contracts));
});

it("takes no whole number that a column of Postgres could not hold", () => {
  const takes = (field: z.ZodType, value: unknown) => field.safeParse(value).success;
  // Limits are kept as JSON, and held to what the operator allows.
  const ofColumns = contracts.filter(({ operationId }) => operationId !== "updateLimits");
  const numbers = ofColumns.flatMap(({ operationId, params, query, body }) =>
    [params, query, body].flatMap((part) =>
      Object.entries(part instanceof z.ZodObject ? part.shape : {})
        .filter(([, field]) => takes(field as z.ZodType, 1) && !takes(field as z.ZodType, "a word"))
        .map(([name, field]) => ({ place: `${operationId} ${name}`, field: field as z.ZodType })),
    ),
  );
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers.filter(({ field }) => takes(field, 2 ** 31)).map(({ place }) => place)).toEqual([]);
});

describe("without a sign-in", () => {
  it.concurrent.each(named(closed))("%s answers 401", async (_, contract) => {
    const response = await send(contract, { token: null });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    await expectProblem(response, 401, "unauthorized");
  });

  it.concurrent.each(named(closed))("%s refuses a token that nobody was given", async (_, contract) => {
    await expectProblem(await send(contract, { token: `mrt_${"a".repeat(43)}` }), 401, "unauthorized");
  });
});

it.concurrent.each(named(inProject))("%s answers 404 for a project that does not exist", async (_, contract) => {
  await expectProblem(await send(contract, { params: { project: "nosuchproj" } }), 404, "not_found");
});

it.concurrent.each(named(withJson))("%s answers 400 for a body that is not JSON", async (_, contract) => {
  await expectProblem(await send(contract, { body: '{"name": ' }), 400, "bad_request");
});

it.concurrent.each(named(withJson))("%s answers 422 for a key that it does not know", async (_, contract) => {
  const problem = await expectProblem(await send(contract, { body: '{"noSuchKey": 1}' }), 422, "invalid_input");
  expect(JSON.stringify(problem.issues)).toContain("noSuchKey");
});

it.concurrent.each(named(withJson))("%s answers 413 for a body beyond its limit", async (_, contract) => {
  const body = JSON.stringify({ name: "x".repeat(8 * 1024 * 1024) });
  await expectProblem(await send(contract, { body }), 413, "payload_too_large");
});
