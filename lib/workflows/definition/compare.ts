import { isSameJson } from "@/lib/values/same";
import { actionKey } from "./library";
import type { Definition, WorkflowNode } from "./schema";

/** What of a workflow's steps is another in a later definition than in an earlier one. Pure. */
export interface StepChange {
  node: string;
  name: string;
  /** `id@version`: the later one, where it is another. */
  action: string;
  kind: "added" | "removed" | "changed";
  /** What of it, in words; empty for what was added or removed as a whole. */
  details: string[];
}

export interface DefinitionChanges {
  steps: StepChange[];
  /** Whether the answer is made of something else. */
  results: boolean;
}

const said = (node: WorkflowNode) => ({
  node: node.id,
  name: node.name || node.id,
  action: actionKey(node.action),
});

export function compareDefinitions(before: Definition, after: Definition): DefinitionChanges {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const kept = new Set(after.nodes.map((node) => node.id));
  const [parentsBefore, parentsAfter] = [parentsOf(before), parentsOf(after)];
  const steps = after.nodes.flatMap((node): StepChange[] => {
    const known = old.get(node.id);
    if (!known) return [{ ...said(node), kind: "added", details: [] }];
    const details = differences(known, node);
    if (parentsBefore.get(node.id) !== parentsAfter.get(node.id)) details.push("the steps it waits for");
    return details.length > 0 ? [{ ...said(node), kind: "changed", details }] : [];
  });
  const removed = before.nodes
    .filter((node) => !kept.has(node.id))
    .map((node): StepChange => ({ ...said(node), kind: "removed", details: [] }));
  return { steps: [...steps, ...removed], results: !isSameJson(before.results, after.results) };
}

function parentsOf(definition: Definition): Map<string, string> {
  const parents = new Map<string, Set<string>>();
  for (const { from, to } of definition.edges) parents.set(to, (parents.get(to) ?? new Set()).add(from));
  return new Map([...parents].map(([node, set]) => [node, [...set].sort().join(" ")]));
}

/** Where a node stands on the canvas makes no difference to anybody. */
function differences(before: WorkflowNode, after: WorkflowNode): string[] {
  const found: string[] = [];
  const [from, to] = [actionKey(before.action), actionKey(after.action)];
  if (from !== to) found.push(`${from} → ${to}`);
  if (before.name !== after.name) found.push("its name");
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  for (const name of names) if (!isSameJson(sourceOf(before, name), sourceOf(after, name))) found.push(`input ${name}`);
  if (!isSameJson(before.dynamicOutputs, after.dynamicOutputs)) found.push("what it takes from callers");
  if (!isSameJson(before.retry, after.retry)) found.push("how often it is tried");
  if (!isSameJson(before.addons, after.addons)) found.push("its add-ons");
  return found;
}

/** A source that is left out and one that holds nothing are the same. */
function sourceOf(node: WorkflowNode, name: string): unknown {
  const source = Object.hasOwn(node.inputs, name) ? node.inputs[name] : undefined;
  return source && "static" in source && source.static === null ? undefined : source;
}
