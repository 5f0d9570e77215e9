import type { PackageSpec } from "@/tests/support/packages";

/** What the busy project's workflows are made of. */
export const busyPackages: PackageSpec[] = [
  {
    id: "fetch-orders",
    inputs: { since: "string" },
    outputs: { orders: "longstring", count: "integer" },
    code: `import json\ndef handle(i):\n    orders = [{"id": n, "total": n * 3.5} for n in range(20)]\n    print("found", len(orders), "orders since", i["since"])\n    return {"orders": json.dumps(orders), "count": len(orders)}\n`,
    spec: { human_name: "Fetch orders" },
  },
  {
    id: "sum-totals",
    inputs: { orders: "longstring" },
    outputs: { total: "float" },
    code: `import json\ndef handle(i):\n    return {"total": sum(order["total"] for order in json.loads(i["orders"]))}\n`,
    spec: { human_name: "Sum the totals" },
  },
  {
    id: "format-report",
    type: "nodejs",
    inputs: { total: "float", count: "integer" },
    outputs: { report: "longstring" },
    code: 'module.exports = ({ total, count }) => ({ report: "# Orders: " + count + ", " + total.toFixed(2) + " in all" });',
    spec: { human_name: "Format the report" },
  },
  {
    id: "pass-on",
    inputs: { text: { type: "longstring", optional: true } },
    outputs: { text: "longstring" },
    code: `def handle(i):\n    return {"text": i["text"] or ""}\n`,
    spec: { human_name: "Pass on" },
  },
  {
    id: "write-much",
    inputs: { megabytes: "integer" },
    outputs: { text: "longstring" },
    code: `import json\ndef handle(i):\n    rows = [{"row": n, "name": f"customer {n}", "tags": ["a", "b"], "total": n / 7} for n in range(i["megabytes"] * 13000)]\n    return {"text": json.dumps(rows)}\n`,
    spec: { human_name: "Write much" },
  },
  {
    id: "log-much",
    inputs: { lines: "integer" },
    outputs: { lines: "integer" },
    code: `def handle(i):\n    for n in range(i["lines"]):\n        print(f"{n:06d} {'WARNING slow answer' if n % 97 == 0 else 'ok'} of shard {n % 16}")\n    return {"lines": i["lines"]}\n`,
    spec: { human_name: "Log much", resources: { time: "10m" } },
  },
];
