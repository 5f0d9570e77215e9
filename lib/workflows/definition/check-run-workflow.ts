import { startsRuns } from "@/lib/runs/chain";
import { ownValue } from "@/lib/values/own";
import { findNamed } from "./find-named";
import type { Library } from "./library";
import type { Problems } from "./problems";
import type { ResolvedNode } from "./resolved-node";

/** A step that runs another workflow names one that there is, where it names one at all. */
export function checkRunWorkflow({ node }: ResolvedNode, library: Library, problems: Problems): void {
  const source = startsRuns(node) ? ownValue(node.inputs, "workflow") : undefined;
  if (!source || !("static" in source) || typeof source.static !== "string" || source.static === "") return;
  const found = findNamed(library.workflows, source.static);
  if (typeof found === "string") problems.error("otherWorkflow", `nodes.${node.id}.inputs.workflow`, found);
}
