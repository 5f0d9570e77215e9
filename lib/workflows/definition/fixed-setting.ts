import { ownValue } from "@/lib/values/own";
import type { JsonValue } from "@/lib/values/types";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

/** What settings need to know of their trigger. */
export interface SettingsOwner {
  inputs: readonly { name: string; defaultValue?: JsonValue | undefined }[];
}

/** A trigger's setting, which says how it is served and so cannot differ from run to run. Undefined where it is left to its default. */
export function fixedSetting(
  node: WorkflowNode,
  trigger: SettingsOwner,
  name: string,
  problems: Problems,
): JsonValue | undefined {
  const source = ownValue(node.inputs, name);
  const fallback = trigger.inputs.find((input) => input.name === name)?.defaultValue;
  if (!source) return fallback;
  if ("static" in source) return (source.static as JsonValue) ?? fallback;
  problems.error(
    "endpointSetting",
    `nodes.${node.id}.inputs.${name}`,
    "A trigger's settings must be fixed values: they are published.",
  );
  return undefined;
}
