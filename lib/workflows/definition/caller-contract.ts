import { triggerKindOf } from "@/lib/triggers/kinds";
import { checkWebhook, webhookMethod } from "./check-webhook";
import type { EndpointContract } from "./endpoint-contract";
import { pathShape } from "./http-endpoint";
import type { Library } from "./library";
import { endpointOf, inputsOf, type Plan, resolveNodes } from "./plan";
import { Problems } from "./problems";
import { isTrigger } from "./resolved-node";
import type { Definition } from "./schema";

/** What callers of a draft could count on, were it live; null where nobody calls it. */
export function contractOf(definition: Definition, library: Library): EndpointContract | null {
  const nodes = resolveNodes(definition, library);
  const trigger = [...nodes.values()].find(isTrigger);
  if (!trigger?.action) return null;
  const kind = triggerKindOf(trigger.action.interface.id);
  if (kind !== "webhook") return endpointOf(definition, nodes, trigger, kind);
  const { path } = checkWebhook(trigger.node, trigger.action.interface, new Problems());
  return deliveryContract({ path, inputs: inputsOf(trigger.node, { method: webhookMethod, path }) });
}

/** The same of a published version. */
export function publishedContract({ endpoint, webhook }: Plan): EndpointContract | null {
  return endpoint ?? (webhook && deliveryContract(webhook));
}

/** Whoever delivers counts on an address and on what is read, and not on an answer. */
function deliveryContract({ path, inputs }: Pick<EndpointContract, "path" | "inputs">): EndpointContract {
  return {
    method: webhookMethod,
    path,
    shape: pathShape(path),
    inputs,
    summary: "",
    description: "",
    tags: [],
    successStatus: 200,
    replyTimeoutSeconds: 0,
    results: { kind: "json", entries: [] },
  };
}
