import type { ActionInterface } from "@/lib/actions/interface";
import { triggerKindOf } from "@/lib/triggers/kinds";
import { checkDeclaredSchema } from "@/lib/values/json-schema";
import { checkClock } from "./check-clock";
import { checkEndpoint } from "./check-endpoint";
import { checkFollow } from "./check-follow";
import { checkForm } from "./check-form";
import { serviceOf } from "./check-service";
import { checkWebhook } from "./check-webhook";
import type { Library } from "./library";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

/** What a trigger of each kind needs to be served. */
export function checkTrigger(node: WorkflowNode, trigger: ActionInterface, library: Library, problems: Problems): void {
  const kind = triggerKindOf(trigger.id);
  if (kind === "http_api" || kind === "webhook") {
    if (kind === "webhook") checkWebhook(node, trigger, problems);
    else checkEndpoint(node, trigger, problems);
    return;
  }
  if (kind === "clock") checkClock(node, trigger, problems);
  if (kind === "workflow_end") checkFollow(node, trigger, library.workflows, problems);
  if (kind === "listening") serviceOf(node, trigger, problems);
  if (kind === "form") checkForm(node, trigger, problems);
  const seen = new Set(trigger.outputs.map((output) => output.name));
  node.dynamicOutputs.forEach((output, index) => {
    const place = `nodes.${node.id}.dynamicOutputs.${index}`;
    if (seen.has(output.name))
      problems.error("dynamicOutputTwice", place, `There are two outputs named “${output.name}”.`);
    seen.add(output.name);
    if (output.type === "enum" && !output.enumValues?.length)
      problems.error("enumWithoutValues", place, `“${output.name}” is an enum without values.`);
    for (const { at, expected } of checkDeclaredSchema(output))
      problems.error("ioSchema", place, `The schema of “${output.name}” must be ${expected}${at && ` at ${at}`}.`);
  });
}
