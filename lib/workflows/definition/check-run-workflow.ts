import { startsRuns } from "@/lib/runs/chain";
import { ownValue } from "@/lib/values/own";
import { isFileType } from "@/lib/values/types";
import { findNamed } from "./find-named";
import { handedOnInput, type Library, workflowRunBy } from "./library";
import type { Problems } from "./problems";
import { nameOf, type ResolvedNode } from "./resolved-node";
import type { WorkflowNode } from "./schema";

/** A step that runs another workflow names one that there is, where it names one at all, and gives it what it needs. */
export function checkRunWorkflow({ node }: ResolvedNode, library: Library, problems: Problems): void {
  const place = `nodes.${node.id}.inputs`;
  const source = startsRuns(node) ? ownValue(node.inputs, "workflow") : undefined;
  if (!source || !("static" in source) || typeof source.static !== "string" || source.static === "") return;
  const found = findNamed(library.workflows, source.static);
  if (typeof found === "string") problems.error("otherWorkflow", `${place}.workflow`, found);
  const other = workflowRunBy(node, library.workflows);
  if (!other) return;
  if (!other.inputs)
    problems.warning("otherWorkflow", `${place}.workflow`, `“${other.name}” is not live, so the step would fail.`);
  const given = namesInInput(node);
  // By way of a file every first one can be given.
  const hasFile = node.inputs.file !== undefined;
  for (const input of given ? (other.inputs ?? []) : []) {
    const { name } = handedOnInput(input);
    if (
      input.optional ||
      given?.includes(input.name) ||
      ownValue(node.inputs, name) ||
      (isFileType(input.type) && hasFile)
    )
      continue;
    const label = input.humanName || input.name;
    problems.error("input", `${place}.${name}`, `“${nameOf(node)}” needs a value for “${label}”.`);
  }
}

/** What is given by the input that holds several; undefined where only a run knows. */
function namesInInput(node: WorkflowNode): string[] | undefined {
  const source = ownValue(node.inputs, "input");
  if (!source) return [];
  if (!("static" in source)) return undefined;
  const value: unknown = source.static;
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
