import { beforeAll, describe, expect, it } from "vitest";
import type { JsonSchema } from "@/lib/values/json-schema/document";
import { TestProject } from "../support/project";

const schema: JsonSchema = {
  title: "Order",
  properties: {
    id: { type: ["string", "integer"] },
    items: { type: "array", minItems: 1, items: { $ref: "#/$defs/Item" } },
  },
  required: ["items"],
  additionalProperties: false,
  $defs: {
    Item: {
      type: "object",
      properties: { sku: { type: "string", pattern: "^[a-z]+$" }, price: { type: "number", minimum: 0 } },
      required: ["sku", "price"],
    },
  },
};
const totals: JsonSchema = { items: { type: "number" }, minItems: 1 };
const order = {
  id: "A-1",
  items: [
    { sku: "tea", price: 2.5 },
    { sku: "cup", price: 4 },
  ],
};

const python = `
def handle(i):
    assert isinstance(i["order"], dict) and isinstance(i["rates"], list), type(i["order"])
    if i["order"].get("id") == "bad":
        return {"order": i["order"], "totals": [1, "two"]}
    return {"order": i["order"], "totals": [item["price"] * rate for item in i["order"]["items"] for rate in i["rates"]]}
`;
const node = `
exports.handle = ({ order, totals }) => {
  if (Array.isArray(order) || !Array.isArray(totals)) throw new Error("another type");
  return { order: { ...order, items: order.items.slice(0, 1) }, count: totals.length };
};
`;

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "price",
      inputs: { order: { type: "object", schema }, rates: { type: "array", default_value: [1, 2] } },
      outputs: { order: { type: "object", schema }, totals: { type: "array", schema: totals } },
      code: python,
    },
    {
      id: "first-item",
      type: "nodejs",
      inputs: { order: { type: "object", schema }, totals: "array" },
      outputs: { order: { type: "object", schema }, count: "integer" },
      code: node,
    },
  );
  await project.deployEndpoint({
    path: "/orders",
    inputs: { order: { type: "object", schema }, photo: { type: "file", optional: true } },
    steps: {
      price: { use: "price", with: { order: "=api.order" } },
      first: { use: "first-item", with: { order: "=price.order", totals: "=price.totals" }, after: ["price"] },
    },
    results: { order: "first.order", totals: "price.totals", count: "first.count", sent: "api.order" },
  });
  await project.deployEndpoint({
    path: "/echo",
    inputs: { any: { type: "object", optional: true }, list: { type: "array", optional: true } },
    results: { any: "api.any", list: "api.list" },
  });
});

const formOf = (text: string) => {
  const form = new FormData();
  form.set("order", text);
  return { method: "POST", body: form };
};

it.concurrent("go from a call through Python and Node to its answer", async () => {
  const answer = await project.post("/orders", { order });
  const items = order.items.slice(0, 1);
  const result = { order: { ...order, items }, totals: [2.5, 5, 4, 8], count: 4, sent: order };
  expect([answer.status, await answer.json()]).toEqual([200, result]);
});

it.concurrent("come in a form's part as JSON", async () => {
  const answer = await project.call("/orders", formOf(JSON.stringify(order)));
  expect(await answer.json()).toMatchObject({ sent: order });
  const refused = await project.call("/orders", formOf("no JSON"));
  const errors = [{ path: "body.order", message: "must be an object, written as JSON" }];
  expect([refused.status, await refused.json()]).toEqual([422, expect.objectContaining({ errors })]);
});

it.concurrent("are refused at each place that is wrong", async () => {
  const wrong = { items: [{ sku: "tea", price: -1 }, { sku: "T" }], colour: "red" };
  const answer = await project.post("/orders", { order: wrong });
  expect(answer.status).toBe(422);
  expect((await answer.json()).errors).toEqual([
    { path: "body.order.items.0.price", message: "must be at least 0" },
    { path: "body.order.items.1.price", message: "must be given" },
    { path: "body.order.items.1.sku", message: "must be a string that matches ^[a-z]+$" },
    { path: "body.order.colour", message: "must be left out" },
  ]);
});

it.concurrent.each([[[]], ["text"], [1]])("are refused where they are of another kind: %j", async (value) => {
  const answer = await project.post("/orders", { order: value });
  expect((await answer.json()).errors).toEqual([{ path: "body.order", message: "must be an object" }]);
});

it.concurrent("fail the run where a handler returns others than it declares", async () => {
  const answer = await project.post("/orders", { order: { ...order, id: "bad" } });
  expect(answer.status).toBe(500);
  const { workflow_run_id: id } = await answer.json();
  const { error } = await project.showRun(id);
  expect(error).toMatchObject({ type: "OutputInvalid", message: "The output “totals” must be a number at 1." });
});

it.concurrent("are checked where a step declares more than what it is given", async () => {
  await project.deployEndpoint({
    path: "/narrow",
    inputs: { order: "object" },
    steps: { price: { use: "price", with: { order: "=api.order" } } },
  });
  const large = { items: [{ sku: "tea", price: 1 }], note: "x".repeat(100_000) };
  for (const given of [{ items: [] }, large]) {
    const answer = await project.post("/narrow", { order: given });
    const { workflow_run_id: id } = await answer.json();
    const { error } = await project.showRun(id);
    expect(error?.message).toMatch(/^The input “order” must be (a list of at least 1 at items|left out at note)\.$/);
  }
});

it.concurrent("keep what JSON can hold", async () => {
  const bodies = [
    '{"any":{"n":9223372036854775807,"in":[{"m":-9223372036854775808}]},"list":[18446744073709551615,1.5]}',
    '{"any":{"constructor":"x","":"empty"},"list":[]}',
    '{"any":{"nul":"a\\u0000b","half":"\\ud800","emoji":"🎉"},"list":[null,[[]],{}]}',
  ];
  for (const body of bodies) {
    const headers = { "content-type": "application/json" };
    const answer = await project.call("/echo", { method: "POST", body, headers });
    expect([answer.status, await answer.text()]).toEqual([200, body]);
  }
});

it.concurrent.each([
  ["nested beyond reason", `[${"[".repeat(5_000)}${"]".repeat(5_000)}]`, "nested no deeper than 200 levels"],
  ["given what an object would lose", '[{"__proto__":{"a":1}}]', "without a property __proto__"],
])("are refused where they are %s", async (_, list, expected) => {
  const headers = { "content-type": "application/json" };
  const answer = await project.call("/echo", { method: "POST", body: `{"list":${list}}`, headers });
  expect((await answer.json()).errors).toEqual([{ path: "body.list", message: `must be ${expected}` }]);
});

it.concurrent("go through large as well", async () => {
  const items = Array.from({ length: 20_000 }, () => ({ sku: "tea", price: 1 }));
  const answer = await project.post("/orders", { order: { items } });
  expect(await answer.json()).toMatchObject({ count: 40_000, order: { items: [{ sku: "tea", price: 1 }] } });
});

it.concurrent("start a run by hand", async () => {
  const workflow = await project.deployManual({
    inputs: { order: { type: "object", schema } },
    steps: { price: { use: "price", with: { order: "=api.order" } } },
  });
  const run = await project.start(workflow.id, { order }, 20);
  expect(run).toMatchObject({ state: "completed" });
  await expect(project.start(workflow.id, { order: { items: [{}] } })).rejects.toMatchObject({
    issues: [{ path: "body.input.order.items.0.sku" }, { path: "body.input.order.items.0.price" }],
  });
});

describe("the project's document", () => {
  it("is OpenAPI 3.1 that says what is checked", async () => {
    const document = await (await project.call("/openapi.json")).json();
    const { requestBody, responses } = document.paths["/orders"].post;
    const { order: taken } = requestBody.content["application/json"].schema.properties;
    expect(taken).toMatchObject({
      type: "object",
      title: "Order",
      properties: { items: { items: { $ref: "#/components/schemas/Item" } } },
    });
    expect(requestBody.content["multipart/form-data"].encoding.order).toEqual({ contentType: "application/json" });
    expect(responses["200"].content["application/json"].schema.properties.totals).toEqual({ type: "array", ...totals });
    expect(document.components.schemas.Item).toMatchObject({ properties: { price: { minimum: 0 } } });
    expect(JSON.stringify(document)).not.toContain("$defs");
  });
});
