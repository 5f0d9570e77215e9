import type { ActionInterface } from "@/lib/actions/interface";
import { hmacAlgorithms, hmacEncodings, verifications, type WebhookSettings } from "@/lib/triggers/webhook/settings";
import { ownValue } from "@/lib/values/own";
import { checkEndpointInputs, readPath } from "./check-endpoint";
import { fixedSetting } from "./fixed-setting";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

/** Senders use this one. */
export const webhookMethod = "POST";

/** Reads the settings of a webhook trigger, and says what is wrong with them. */
export function checkWebhook(
  node: WorkflowNode,
  trigger: Pick<ActionInterface, "inputs" | "outputs" | "webhook">,
  problems: Problems,
): WebhookSettings {
  const place = (name: string) => `nodes.${node.id}.inputs.${name}`;
  const text = (name: string, otherwise: string) =>
    String(fixedSetting(node, trigger, name, problems) ?? otherwise).trim();
  const choice = <T extends string>(name: string, choices: readonly T[], otherwise: T): T => {
    const written = text(name, otherwise);
    const found = choices.find((one) => one === written);
    if (!found) problems.error("endpointSetting", place(name), `This must be one of ${choices.join(", ")}.`);
    return found ?? otherwise;
  };
  const path = readPath(node, trigger, problems);
  const verification = trigger.webhook?.verification ?? choice("verification", verifications, "none");
  const secret = ownValue(node.inputs, "secret");
  if (verification !== "none" && (!secret || ("static" in secret && !secret.static))) {
    problems.error("endpointSetting", place("secret"), "Without a secret no signature can be checked.");
  }
  for (const name of ["signature_header", "delivery_header"]) {
    if (!/^[A-Za-z0-9-]*$/.test(text(name, "")))
      problems.error("endpointSetting", place(name), "A header's name holds letters, digits and dashes.");
  }
  for (const name of Object.keys(trigger.webhook?.filters ?? {})) text(name, "");
  checkEndpointInputs(node, trigger, { method: webhookMethod, path }, problems);
  return {
    path,
    verification,
    signatureHeader: text("signature_header", "X-Signature") || "X-Signature",
    signaturePrefix: text("signature_prefix", ""),
    algorithm: choice("algorithm", hmacAlgorithms, "sha256"),
    encoding: choice("encoding", hmacEncodings, "hex"),
    deliveryHeader: text("delivery_header", ""),
  };
}
