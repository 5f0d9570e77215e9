import { z } from "zod";
import type { ActionInterface } from "@/lib/actions/interface";
import { patternsOf } from "@/lib/triggers/webhook/judge-delivery";
import { webhookMappingSchema } from "@/lib/triggers/webhook/mapping";
import { webhookSettingsSchema } from "@/lib/triggers/webhook/settings";
import { ownValue } from "@/lib/values/own";
import { checkWebhook, webhookMethod } from "./check-webhook";
import { type EndpointInput, endpointInputSchema, ioSchema } from "./endpoint-contract";
import { fixedSetting } from "./fixed-setting";
import { pathShape } from "./http-endpoint";
import { planSourceSchema, type StoredStatic } from "./plan-source";
import { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

/** How a ready webhook reads its deliveries, with what its author wants of them. */
const deliveryReadingSchema = webhookMappingSchema.pick({ each: true, identity: true, only: true }).extend({
  filters: z.array(
    z.object({
      name: z.string(),
      at: z.array(z.string()),
      without: z.array(z.string()),
      patterns: z.array(z.string()),
    }),
  ),
  outputs: z.array(ioSchema.extend({ at: z.array(z.string()) })),
});
export type DeliveryReading = z.infer<typeof deliveryReadingSchema>;

/** What a webhook takes: its settings, who its sender must be and what is taken out of each delivery. */
export const webhookContractSchema = webhookSettingsSchema.extend({
  shape: z.string(),
  secret: planSourceSchema.nullable(),
  inputs: z.array(endpointInputSchema),
  /** Null where a delivery is what it is. */
  reading: deliveryReadingSchema.nullable().default(null),
});
export type WebhookContract = z.infer<typeof webhookContractSchema>;

function readingOf(node: WorkflowNode, { webhook, ...trigger }: ActionInterface): DeliveryReading | null {
  if (!webhook) return null;
  const { each, identity, only, filters, outputs } = webhook;
  const wanted = (name: string) => String(fixedSetting(node, trigger, name, new Problems()) ?? "");
  return {
    each,
    identity,
    only,
    filters: Object.entries(filters).map(([name, { at, without }]) => ({
      name: trigger.inputs.find((input) => input.name === name)?.humanName ?? name,
      at,
      without,
      patterns: patternsOf(wanted(name)),
    })),
    outputs: trigger.outputs.flatMap((output) => {
      const at = ownValue(outputs, output.name);
      return at ? [{ ...ioSchema.parse(output), at }] : [];
    }),
  };
}

/** `store` turns fixed values into stored ones. */
export async function webhookOf(
  node: WorkflowNode,
  trigger: ActionInterface,
  store: StoredStatic,
  inputsOf: (node: WorkflowNode, place: { method: typeof webhookMethod; path: string }) => EndpointInput[],
): Promise<WebhookContract> {
  const settings = checkWebhook(node, trigger, new Problems());
  const source = ownValue(node.inputs, "secret");
  const io = trigger.inputs.find((input) => input.name === "secret");
  const isGiven = source && io && !("link" in source) && !("static" in source && !source.static);
  return {
    ...settings,
    shape: pathShape(settings.path),
    secret: isGiven ? ("variable" in source ? source : await store(io, source)) : null,
    inputs: inputsOf(node, { method: webhookMethod, path: settings.path }),
    reading: readingOf(node, trigger),
  };
}
