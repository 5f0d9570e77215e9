import type { Edge, Node } from "@xyflow/react";
import type { StepState } from "@/drizzle/enums";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { type TriggerKind, triggerKindOf } from "@/lib/triggers/kinds";
import { anyMethod } from "@/lib/workflows/definition/any-method";
import { checkEndpoint } from "@/lib/workflows/definition/check-endpoint";
import { serviceOf } from "@/lib/workflows/definition/check-service";
import { checkWebhook, webhookMethod } from "@/lib/workflows/definition/check-webhook";
import { Problems } from "@/lib/workflows/definition/problems";
import type { Definition, WorkflowNode } from "@/lib/workflows/definition/schema";
import { actionOf, type Catalog, isTriggerNode, titleOf, triggerKindIn } from "./catalog";
import { edgeId, type Layout, layOut, nodeSize, type Point, place, type Shape } from "./layout";

/** React Flow's nodes and edges, made from a definition: the canvas has no state of its own. Pure. */

/** Where the answer stands on the canvas; no node can have this id. */
export const answerId = "·answer";

export type Severity = "error" | "warning";

export interface StepNodeData extends Record<string, unknown> {
  kind: "trigger" | "action" | "unknown";
  title: string;
  subtitle: string;
  categories: string[];
  severity: Severity | null;
  state: StepState | null;
  durationMs: number | null;
}
export interface AnswerNodeData extends Record<string, unknown> {
  title: string;
  subtitle: string;
  severity: Severity | null;
}
export type StepFlowNode = Node<StepNodeData, "step">;
export type AnswerFlowNode = Node<AnswerNodeData, "answer">;
export type FlowNode = StepFlowNode | AnswerFlowNode;

export interface FlowEdgeData extends Record<string, unknown> {
  /** `order`: the later step takes nothing from the earlier one. */
  carries: "values" | "order" | "answer";
  isRunning: boolean;
  /** What it passes by on its way. */
  way: Point[];
}
export type FlowEdge = Edge<FlowEdgeData, "link">;

export interface Shown {
  catalog: Catalog;
  severities: ReadonlyMap<string, Severity>;
  steps: ReadonlyMap<string, { state: StepState; durationMs: number | null }>;
}

/** The steps whose outputs are the answer; where nothing is answered yet, the last steps lead there. */
function answerSources(definition: Definition): string[] {
  const { results, nodes, edges } = definition;
  const named = results.kind === "file" ? [results.node] : results.entries.map((entry) => entry.node);
  if (named.length > 0) return [...new Set(named)];
  const earlier = new Set(edges.map((edge) => edge.from));
  return nodes.flatMap((node) => (earlier.has(node.id) ? [] : [node.id]));
}

/** Kinds that somebody waits for, or looks at the end of. */
const isAnswered = (kind: TriggerKind | null) => kind === "http_api" || kind === "form";

function hasAnswer(definition: Definition, catalog: Catalog): boolean {
  const { results } = definition;
  const isGiven = results.kind === "file" || results.entries.length > 0;
  return definition.nodes.length > 0 && (isGiven || isAnswered(triggerKindIn(catalog, definition)));
}

export function shapeOf(definition: Definition, catalog: Catalog): Shape {
  const shape = { ids: definition.nodes.map((node) => node.id), edges: [...definition.edges] };
  if (!hasAnswer(definition, catalog)) return shape;
  shape.ids.push(answerId);
  for (const from of answerSources(definition)) shape.edges.push({ from, to: answerId });
  return shape;
}

export function layoutOf(definition: Definition, catalog: Catalog): Layout {
  const shape = shapeOf(definition, catalog);
  return place(definition, shape, layOut(shape));
}

function subtitleOf(node: WorkflowNode, action: ActionVersionResource | undefined): string {
  if (action?.kind === "trigger") {
    const kind = triggerKindOf(action.id);
    if (kind === "http_api") {
      const { method, path } = checkEndpoint(node, action, new Problems());
      return `${method} ${path}`;
    }
    const service = kind === "listening" && serviceOf(node, action, new Problems());
    if (service) return `${anyMethod} ${service.prefix}`;
    if (kind === "webhook") return `${webhookMethod} ${checkWebhook(node, action, new Problems()).path}`;
  }
  return `${node.action.id}@${node.action.version}`;
}

function stepNode(node: WorkflowNode, position: Point, { catalog, severities, steps }: Shown): StepFlowNode {
  const action = actionOf(catalog, node);
  const isTrigger = isTriggerNode(catalog, node);
  const title = titleOf(catalog, node);
  const step = steps.get(node.id);
  return {
    id: node.id,
    type: "step",
    position,
    ...nodeSize,
    ariaLabel: `${isTrigger ? "Trigger" : "Step"} ${title}`,
    data: {
      kind: isTrigger ? "trigger" : action ? "action" : "unknown",
      title,
      subtitle: subtitleOf(node, action),
      categories: action?.categories ?? [],
      severity: severities.get(node.id) ?? null,
      state: step?.state ?? null,
      durationMs: step?.durationMs ?? null,
    },
  };
}

function answerNode({ results }: Definition, position: Point, severities: Shown["severities"]): AnswerFlowNode {
  const keys = results.kind === "file" ? ["a file"] : results.entries.map((entry) => entry.key);
  const subtitle = keys.length > 0 ? keys.join(", ") : "an empty object";
  return {
    id: answerId,
    type: "answer",
    position,
    ...nodeSize,
    deletable: false,
    draggable: false,
    ariaLabel: `Answer: ${subtitle}`,
    data: { title: "Answer", subtitle, severity: severities.get(answerId) ?? null },
  };
}

export function flowNodes(definition: Definition, { places }: Pick<Layout, "places">, shown: Shown): FlowNode[] {
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  const nodes: FlowNode[] = definition.nodes.map((node) => stepNode(node, at(node.id), shown));
  if (places.has(answerId)) nodes.push(answerNode(definition, at(answerId), shown.severities));
  return nodes;
}

/** The steps that a step takes values from. */
function linkedTo(node: WorkflowNode): Set<string> {
  return new Set(Object.values(node.inputs).flatMap((source) => ("link" in source ? [source.link.node] : [])));
}

export function flowEdges(
  definition: Definition,
  { ways }: Pick<Layout, "ways">,
  { catalog, steps }: Pick<Shown, "catalog" | "steps">,
): FlowEdge[] {
  const links = new Map(definition.nodes.map((node) => [node.id, linkedTo(node)]));
  const named = (id: string) => definition.nodes.find((node) => node.id === id);
  const title = new Map(definition.nodes.map((node) => [node.id, titleOf(catalog, node)]));
  const seen = new Set<string>();
  const edges: FlowEdge[] = [];
  const add = (from: string, to: string, data: Pick<FlowEdgeData, "carries" | "isRunning">) => {
    const id = edgeId(from, to);
    if (seen.has(id) || !title.has(from)) return;
    seen.add(id);
    const ariaLabel = `From ${title.get(from)} to ${title.get(to) ?? "the answer"}`;
    edges.push({ id, type: "link", source: from, target: to, ariaLabel, data: { ...data, way: ways.get(id) ?? [] } });
  };
  for (const { from, to } of definition.edges) {
    if (!links.has(to)) continue;
    const carries = links.get(to)?.has(from) ? "values" : "order";
    add(from, to, { carries, isRunning: steps.get(to)?.state === "running" });
  }
  if (!hasAnswer(definition, catalog)) return edges;
  for (const from of answerSources(definition))
    if (named(from)) add(from, answerId, { carries: "answer", isRunning: false });
  return edges;
}

/** Keeps the objects of what has not changed, so that React does not draw it again. */
export function keepUnchanged<Item extends { id: string }>(before: Item[], after: Item[]): Item[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return after.map((item) => {
    const old = known.get(item.id);
    return old && JSON.stringify(old) === JSON.stringify(item) ? old : item;
  });
}
