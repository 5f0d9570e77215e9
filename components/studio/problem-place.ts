import type { Issue } from "@/lib/errors";
import { answerId, type Severity } from "./definition-to-flow";
import type { InspectorTab } from "./editor";

/** Where in the studio a problem is mended. Pure. */
export interface ProblemPlace {
  node: string | null;
  tab: InspectorTab;
  /** What the field is marked with: the problem's own path below its node. */
  field: string | null;
}

export function placeOf({ path }: Pick<Issue, "path">): ProblemPlace {
  // An id holds no dots, and an input's name may.
  const match = /^nodes\.([A-Za-z0-9_-]+)(?:\.(.+))?$/.exec(path);
  if (match) {
    const [, node = "", field = null] = match;
    return { node, tab: field === "action" ? "action" : "configure", field };
  }
  if (path.startsWith("results")) return { node: answerId, tab: "results", field: path };
  return { node: null, tab: "configure", field: null };
}

/** The worst that is wrong at each node. */
export function severities(problems: Issue[]): Map<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const problem of problems) {
    const { node } = placeOf(problem);
    if (node && worst.get(node) !== "error") worst.set(node, problem.severity ?? "error");
  }
  return worst;
}

/** What is wrong with a node's fields, by the field. */
export function fieldProblems(problems: Issue[], node: string): Map<string, Issue> {
  const found = new Map<string, Issue>();
  for (const problem of problems) {
    const place = placeOf(problem);
    if (place.node !== node || !place.field) continue;
    const known = found.get(place.field);
    if (!known || known.severity === "warning") found.set(place.field, problem);
  }
  return found;
}
