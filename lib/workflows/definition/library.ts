import type { ActionVersionState } from "@/drizzle/enums";
import type { ActionInterface } from "@/lib/actions/interface";
import { startsRuns } from "@/lib/runs/chain";
import { ownValue } from "@/lib/values/own";
import type { IoDefinition, IoType } from "@/lib/values/types";
import { findNamed } from "./find-named";
import type { WorkflowNode } from "./schema";

/** What a definition is checked against: the project's action versions, variables and workflows. Pure. */
export interface LibraryAction {
  versionId: string;
  state: ActionVersionState;
  interface: ActionInterface;
}

export interface LibraryWorkflow {
  name: string;
  /** What its live version's trigger gives; null where it is not live. */
  inputs: IoDefinition[] | null;
}

export interface Library {
  actions: Map<string, LibraryAction>;
  variables: Map<string, IoType>;
  workflows: Map<string, LibraryWorkflow>;
}

export function actionKey(action: { id: string; version: string }): string {
  return `${action.id}@${action.version}`;
}

/** The workflow that a step runs, where the step itself says which. */
export function workflowRunBy(
  node: Pick<WorkflowNode, "action" | "inputs">,
  workflows: Library["workflows"],
): LibraryWorkflow | undefined {
  const source = startsRuns(node) ? ownValue(node.inputs, "workflow") : undefined;
  if (!source || !("static" in source) || typeof source.static !== "string") return undefined;
  const found = findNamed(workflows, source.static);
  return typeof found === "string" ? undefined : workflows.get(found.id);
}

/** A node's action. One that runs another workflow takes that one's inputs as well, each under a name of its own. */
export function actionOfNode(
  node: Pick<WorkflowNode, "action" | "inputs">,
  { actions, workflows }: Pick<Library, "actions" | "workflows">,
): LibraryAction | undefined {
  const action = actions.get(actionKey(node.action));
  const inputs = action && workflowRunBy(node, workflows)?.inputs;
  if (!action || !inputs) return action;
  const handedOn = inputs.map(handedOnInput);
  return { ...action, interface: { ...action.interface, inputs: [...action.interface.inputs, ...handedOn] } };
}

const handedOnPrefix = "input.";

/** An input of another workflow as the step that runs it has it. */
export function handedOnInput(input: IoDefinition): ActionInterface["inputs"][number] {
  const { name, humanName, help, type, enumValues, schema } = input;
  const more = { ...(enumValues && { enumValues }), ...(schema && { schema }) };
  return { name: handedOnPrefix + name, humanName: humanName || name, help, type, optional: true, ...more };
}

/** The other workflow's name of an input that is handed on to it; undefined for the step's own. */
export function handedOnName(name: string): string | undefined {
  return name.startsWith(handedOnPrefix) ? name.slice(handedOnPrefix.length) : undefined;
}
