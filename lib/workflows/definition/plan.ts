import { z } from "zod";
import type { ActionInterface } from "@/lib/actions/interface";
import { clockSettingsSchema } from "@/lib/triggers/clock/settings";
import { type TriggerKind, triggerKindOf, triggerKinds } from "@/lib/triggers/kinds";
import { followSettingsSchema } from "@/lib/triggers/workflow-end/settings";
import { ownValue } from "@/lib/values/own";
import { anyMethod } from "./any-method";
import { checkClock } from "./check-clock";
import { checkEndpoint, originOf } from "./check-endpoint";
import { checkFollow } from "./check-follow";
import { checkForm } from "./check-form";
import { serviceOf, serviceSettingsSchema } from "./check-service";
import { webhookMethod } from "./check-webhook";
import {
  type AnswerContract,
  type EndpointContract,
  type EndpointInput,
  endpointContractSchema,
  endpointInputSchema,
  type FormContract,
  formContractSchema,
  ioSchema,
} from "./endpoint-contract";
import { graphOf, topologicalOrder } from "./graph";
import { pathShape } from "./http-endpoint";
import { actionOfNode, type Library } from "./library";
import { planSourceSchema, type StoredStatic } from "./plan-source";
import { Problems } from "./problems";
import { isTrigger, outputsOf, type ResolvedNode } from "./resolved-node";
import { type Definition, nodeIdSchema, resultsSchema, retrySchema, type WorkflowNode } from "./schema";
import { webhookContractSchema, webhookOf } from "./webhook-contract";

export type { AnswerContract, EndpointContract, EndpointInput, FormContract } from "./endpoint-contract";
export type { PlanSource } from "./plan-source";
export type { WebhookContract } from "./webhook-contract";

/** All that a run needs of a published workflow version: its second, executable strength. Pure. */

const planActionSchema = z.object({ id: z.string(), version: z.string(), versionId: z.string() });

const planInputSchema = ioSchema.extend({ source: planSourceSchema });
export type PlanInput = z.infer<typeof planInputSchema>;

export const planStepSchema = z.object({
  id: nodeIdSchema,
  name: z.string(),
  action: planActionSchema,
  /** Direct predecessors; the trigger is not among them. */
  after: z.array(nodeIdSchema),
  inputs: z.array(planInputSchema),
  outputs: z.array(ioSchema),
  retry: retrySchema.optional(),
  timeLimitMs: z.number().optional(),
});
export type PlanStep = z.infer<typeof planStepSchema>;

export const planSchema = z.object({
  schemaVersion: z.literal(1),
  trigger: z.object({
    id: nodeIdSchema,
    name: z.string(),
    kind: z.enum(triggerKinds),
    action: planActionSchema,
    outputs: z.array(ioSchema),
  }),
  /** In topological order. */
  steps: z.array(planStepSchema),
  results: resultsSchema,
  endpoint: endpointContractSchema.nullable(),
  /** Absent from versions that were published before there were clocks. */
  clock: clockSettingsSchema.nullable().default(null),
  webhook: webhookContractSchema.nullable().default(null),
  form: formContractSchema.nullable().default(null),
  /** Whose runs' ends start this one. */
  follow: followSettingsSchema.nullable().default(null),
  /** What a listening trigger is started with. */
  listener: z
    .object({ inputs: z.array(planInputSchema) })
    .nullable()
    .default(null),
  /** What a listening trigger serves itself. */
  service: serviceSettingsSchema.nullable().default(null),
});
export type Plan = z.infer<typeof planSchema>;
export type PlanTrigger = Plan["trigger"];

/** What whoever holds a run's link is answered; null for runs that nobody asked for. */
export function answerContractOf({ endpoint, form }: Plan): AnswerContract | null {
  return endpoint ?? (form && { results: form.results, successStatus: 200 });
}

/** Where calls come in; a `shape` is the path as it is told apart from others. */
export interface Route {
  method: string;
  path: string;
  shape: string;
}

/** Where calls of a published version come in, if by a path of the project. */
export function routeOf({ endpoint, webhook, service }: Plan): Route | null {
  if (service) return { method: anyMethod, path: service.prefix, shape: service.prefix };
  return endpoint ?? (webhook && { method: webhookMethod, path: webhook.path, shape: webhook.shape });
}

/** Whether any value of the step can be secret is for whoever stores it: `store` turns fixed values into stored ones. */
export async function buildPlan(definition: Definition, library: Library, store: StoredStatic): Promise<Plan> {
  const nodes = resolveNodes(definition, library);
  const graph = graphOf(definition);
  const trigger = [...nodes.values()].find(isTrigger);
  if (!trigger?.action) throw new Error("a plan is built of a checked definition");
  const steps: PlanStep[] = [];
  for (const id of topologicalOrder(graph).order) {
    const resolved = nodes.get(id);
    if (!resolved?.action || resolved === trigger) continue;
    const { node, action } = resolved;
    steps.push({
      id,
      name: node.name || action.interface.humanName,
      action: { ...node.action, versionId: action.versionId },
      after: (graph.parents.get(id) ?? []).filter((parent) => parent !== trigger.node.id),
      inputs: await planInputs(node, action.interface, store),
      outputs: action.interface.outputs.map(({ defaultValue: _unused, ...io }) => io),
      ...(node.retry && { retry: node.retry }),
      ...(action.interface.resources.timeLimitMs !== undefined && {
        timeLimitMs: action.interface.resources.timeLimitMs,
      }),
    });
  }
  const kind = triggerKindOf(trigger.action.interface.id);
  return {
    schemaVersion: 1,
    trigger: {
      id: trigger.node.id,
      name: trigger.node.name || trigger.action.interface.humanName,
      kind,
      action: { ...trigger.node.action, versionId: trigger.action.versionId },
      outputs: outputsOf(trigger).map((output) => ioSchema.parse({ humanName: "", help: "", ...output })),
    },
    steps,
    results: definition.results,
    endpoint: endpointOf(definition, nodes, trigger, kind),
    webhook: kind === "webhook" ? await webhookOf(trigger.node, trigger.action.interface, store, inputsOf) : null,
    form: kind === "form" ? formOf(definition, nodes, trigger.node, trigger.action.interface) : null,
    follow:
      kind === "workflow_end"
        ? checkFollow(trigger.node, trigger.action.interface, library.workflows, new Problems())
        : null,
    clock: kind === "clock" ? checkClock(trigger.node, trigger.action.interface, new Problems()) : null,
    service: kind === "listening" ? serviceOf(trigger.node, trigger.action.interface, new Problems()) : null,
    listener: kind === "listening" ? { inputs: await planInputs(trigger.node, trigger.action.interface, store) } : null,
  };
}

async function planInputs(
  node: WorkflowNode,
  { inputs: declared }: Pick<ActionInterface, "inputs">,
  store: StoredStatic,
): Promise<PlanInput[]> {
  const inputs: PlanInput[] = [];
  for (const { defaultValue, ...io } of declared) {
    const source = ownValue(node.inputs, io.name) ?? { static: null };
    const isUnset = "static" in source && source.static === null;
    const effective = isUnset ? { static: defaultValue ?? null } : source;
    const isNamed = "link" in effective || "variable" in effective;
    inputs.push({ ...io, source: isNamed ? effective : await store(io, effective) });
  }
  return inputs;
}

export function inputsOf(node: WorkflowNode, settings: Parameters<typeof originOf>[1]): EndpointInput[] {
  return node.dynamicOutputs.map((output) =>
    endpointInputSchema.parse({ ...output, origin: originOf(output, settings) }),
  );
}

export function resolveNodes(definition: Definition, library: Library): Map<string, ResolvedNode> {
  return new Map(definition.nodes.map((node) => [node.id, { node, action: actionOfNode(node, library) }]));
}

export function endpointOf(
  definition: Definition,
  nodes: Map<string, ResolvedNode>,
  trigger: ResolvedNode,
  kind: TriggerKind,
): EndpointContract | null {
  if (kind !== "http_api" || !trigger.action) return null;
  const settings = checkEndpoint(trigger.node, trigger.action.interface, new Problems());
  return {
    ...settings,
    shape: pathShape(settings.path),
    inputs: inputsOf(trigger.node, settings),
    results: resultsOf(definition, nodes),
  };
}

/** A form has no other place for its fields. */
const formPlace = { method: "POST", path: "/" } as const;

function formOf(
  definition: Definition,
  nodes: Map<string, ResolvedNode>,
  node: WorkflowNode,
  trigger: ActionInterface,
): FormContract {
  const settings = checkForm(node, trigger, new Problems());
  return { ...settings, inputs: inputsOf(node, formPlace), results: resultsOf(definition, nodes) };
}

function resultsOf(definition: Definition, nodes: Map<string, ResolvedNode>): EndpointContract["results"] {
  const typeOf = ({ node, output }: { node: string; output: string }) => {
    const target = nodes.get(node);
    const found = target && outputsOf(target).find((candidate) => candidate.name === output);
    return {
      type: found?.type ?? ("string" as const),
      nullable: found?.optional ?? true,
      help: (found as { help?: string } | undefined)?.help ?? "",
      ...(found?.schema && { schema: found.schema }),
    };
  };
  const { results } = definition;
  return results.kind === "file"
    ? { kind: "file", type: typeOf(results).type }
    : { kind: "json", entries: results.entries.map((entry) => ({ key: entry.key, ...typeOf(entry) })) };
}
