import { importWorkflowContract } from "@/lib/workflows/contract";
import { manualFile } from "../support/workflow-file";
import { graphOf, inspectorOf, openStudio, saved } from "./support/studio";
import { expect, test } from "./support/test";

const order = '{"items": [{"sku": "tea", "price": 2.5}]}';
const schema = JSON.stringify({
  properties: {
    items: {
      type: "array",
      items: { type: "object", properties: { price: { type: "number", minimum: 0 } }, required: ["price"] },
    },
  },
  required: ["items"],
});

test("an object is given a schema, set in a step, and given to a run", async ({ page, project }) => {
  test.setTimeout(120_000);
  await project.pushCode({
    id: "total",
    inputs: { order: { type: "object", schema: { required: ["items"] } } },
    outputs: { total: "float" },
    code: "def handle(i): return {'total': sum(item['price'] for item in i['order']['items'])}\n",
  });
  const file = manualFile({
    inputs: { order: "object" },
    steps: { total: { use: "total" } },
    results: { total: "total.total" },
  });
  const { id } = await project.api(importWorkflowContract, { query: {}, body: file });
  await openStudio(page, project, id);
  const [graph, inspector] = [graphOf(page), inspectorOf(page)];

  await graph.getByLabel("Step Test total").click();
  const value = inspector.getByLabel(/^order/);
  await value.fill('{"items": [}');
  await expect(inspector.getByText(/^Not JSON yet/)).toBeVisible();
  await value.fill('{"item": []}');
  await expect(inspector.getByText("must be given at items")).toBeVisible();
  await value.fill(order);
  await expect(inspector.getByText("must be given at items")).toBeHidden();

  await graph.getByLabel(/^Trigger/).click();
  const field = inspector.getByLabel(/^JSON Schema/);
  await field.fill('{"properties": {"items": {"type": "list"}}}');
  await expect(inspector.getByText(/schema of “order” must be one of null.* at properties.items.type/)).toBeVisible();
  await field.fill(schema);
  await expect(inspector.getByText(/schema of “order”/)).toBeHidden();
  await saved(page);

  await page.getByRole("button", { name: "Test run" }).click();
  const given = page.getByRole("dialog").getByLabel(/^order/);
  await given.fill("[1]");
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("dialog").getByText(/^Give an object/)).toBeVisible();
  await given.fill('{"items": [{"price": -1}]}');
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("dialog").getByText(/^items.0.price: Must be at least 0/)).toBeVisible();
  await given.fill(order);
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("region", { name: "Test run" }).getByText("Completed")).toBeVisible();
});
