import type { ActionInterface } from "@/lib/actions/interface";
import type { FormSettings } from "@/lib/triggers/form/settings";
import { fixedSetting } from "./fixed-setting";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

const maxPerMinute = 6_000;

/** Reads the settings of a form trigger, and says what is wrong with them. */
export function checkForm(node: WorkflowNode, trigger: ActionInterface, problems: Problems): FormSettings {
  const text = (name: string, otherwise = "") =>
    String(fixedSetting(node, trigger, name, problems) ?? otherwise).trim() || otherwise;
  const limit = Number(fixedSetting(node, trigger, "limit_per_minute", problems) ?? 20);
  const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= maxPerMinute;
  if (!isLimit) {
    const message = `The limit must be a whole number from 1 to ${maxPerMinute}.`;
    problems.error("endpointSetting", `nodes.${node.id}.inputs.limit_per_minute`, message);
  }
  node.dynamicOutputs.forEach((output, index) => {
    if (output.origin && output.origin !== "body") {
      const message = `“${output.name}” is a field of the form, and comes from nowhere else.`;
      problems.error("pathParameter", `nodes.${node.id}.dynamicOutputs.${index}`, message);
    }
  });
  return {
    title: text("title"),
    introduction: text("introduction"),
    submitLabel: text("submit_label", "Send"),
    limitPerMinute: isLimit ? limit : 20,
  };
}
