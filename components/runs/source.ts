const labels: Record<string, string> = {
  http: "HTTP call",
  webhook: "Webhook",
  form: "Form",
  clock: "Clock",
  trigger: "Trigger",
  workflow: "Another workflow",
  workflow_end: "After a workflow",
  manual: "By hand",
  replay: "Replay",
  test: "Test",
};

/** What started a run, in words; kinds that have none are shown as they are. */
export function sourceLabel(source: string): string {
  return labels[source] ?? source;
}

/** What a list of runs can be narrowed to. */
export const sourceOptions = Object.entries(labels).map(([value, label]) => ({ value, label }));
