import type { ActionInterface } from "@/lib/actions/interface";
import { endStates, type FollowSettings } from "@/lib/triggers/workflow-end/settings";
import { coerceInput } from "@/lib/values/coerce";
import { findNamed } from "./find-named";
import { fixedSetting } from "./fixed-setting";
import type { Library } from "./library";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

/** Reads which runs' ends start a workflow, and says what is wrong with it. */
export function checkFollow(
  node: WorkflowNode,
  trigger: Pick<ActionInterface, "inputs">,
  workflows: Library["workflows"],
  problems: Problems,
): FollowSettings {
  const named = String(fixedSetting(node, trigger, "workflow", problems) ?? "").trim();
  const found = named === "" ? null : findNamed(workflows, named);
  if (typeof found === "string") problems.error("otherWorkflow", `nodes.${node.id}.inputs.workflow`, found);
  const isChosen = (state: string) => {
    const coerced = coerceInput({ type: "boolean" }, fixedSetting(node, trigger, state, problems) ?? true);
    return coerced.ok && coerced.value === true;
  };
  const states = endStates.filter(isChosen);
  if (states.length === 0)
    problems.error("otherWorkflow", `nodes.${node.id}.inputs.completed`, "Choose at least one way in which runs end.");
  return { workflowId: found && typeof found === "object" ? found.id : null, states };
}

/** The workflow that another one is to be started after by name, and so on, back to it; null where that is no circle. */
export function circleOf(
  workflowId: string,
  followedId: string,
  others: { workflowId: string; followedId: string }[],
): string[] | null {
  const before = new Map(others.map((other) => [other.workflowId, other.followedId]));
  before.set(workflowId, followedId);
  const circle = [workflowId];
  for (let at = before.get(workflowId); at !== undefined; at = before.get(at)) {
    if (at === workflowId) return [...circle, workflowId].reverse();
    if (circle.includes(at)) return null;
    circle.push(at);
  }
  return null;
}
