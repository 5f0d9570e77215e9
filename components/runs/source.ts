const labels: Record<string, string> = {
  http: "HTTP call",
  manual: "By hand",
  replay: "Replay",
  test: "Test",
  schedule: "Schedule",
};

/** What started a run, in words; kinds that have none are shown as they are. */
export function sourceLabel(source: string): string {
  return labels[source] ?? source;
}
