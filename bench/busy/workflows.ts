import { endpointFile, manualFile } from "@/tests/support/workflow-file";

const areas = ["Orders", "Invoices", "Stock", "Shipping", "Returns", "Customers", "Suppliers", "Prices"];
const jobs = ["report", "sync", "import", "check", "digest"];

/** Forty small ones: eight areas with five jobs each. */
export function smallWorkflows(): string[] {
  return areas.flatMap((area) =>
    jobs.map((job) =>
      endpointFile({
        name: `${area} ${job}`,
        path: `/${area.toLowerCase()}/${job}`,
        summary: `The ${job} of ${area.toLowerCase()}`,
        tags: area,
        inputs: { since: "string" },
        steps: {
          fetch: { use: "fetch-orders", with: { since: "=api.since" } },
          sum: { use: "sum-totals", with: { orders: "=fetch.orders" }, after: ["fetch"] },
          format: { use: "format-report", with: { total: "=sum.total", count: "=fetch.count" }, after: ["sum"] },
        },
        results: { report: "format.report", total: "sum.total" },
      }),
    ),
  );
}

/** As many steps as asked for, in rows of `width` that each wait for the row before. */
export function largeWorkflow(name: string, steps: number, width: number): string {
  const idOf = (index: number) => `s${index}`;
  const rowBefore = (index: number) => {
    const start = (Math.floor(index / width) - 1) * width;
    return start < 0 ? ["api"] : Array.from({ length: width }, (_, offset) => idOf(start + offset));
  };
  const entries = Array.from({ length: steps }, (_, index) => {
    const before = rowBefore(index);
    // Every step after one of the row before; the first of a row after all of them.
    const after = index % width === 0 ? before : [before[index % width] ?? before[0] ?? "api"];
    const link = after[0] === "api" ? "=api.text" : `=${after[0]}.text`;
    return [idOf(index), { use: "pass-on", with: { text: link }, after }] as const;
  });
  return manualFile({ name, inputs: { text: "longstring" }, steps: Object.fromEntries(entries) });
}

export const muchOutput = () =>
  manualFile({
    name: "Large output",
    steps: { write: { use: "write-much", with: { megabytes: 5 } } },
    results: { text: "write.text" },
  });

export const muchLog = () =>
  manualFile({
    name: "Long log",
    steps: { log: { use: "log-much", with: { lines: 200_000 } } },
    results: { lines: "log.lines" },
  });
