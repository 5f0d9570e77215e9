import type { Transaction } from "@/lib/db";
import { AppError, type Issue } from "@/lib/errors";
import { newId } from "@/lib/ids";
import {
  coerceInput,
  isFileType,
  issuesOf,
  type JsonValue,
  type StoredValue,
  storedNull,
  storeValue,
} from "@/lib/values";
import type { Definition } from "./definition/schema";
import { usedBy } from "./publish";
import { insertVersion, type VersionRow } from "./store";

/** Checks what somebody gives for a step's inputs. @throws AppError `invalid_input` naming each */
async function storeInputs(
  { projectId, plan }: VersionRow,
  node: string,
  given: Record<string, JsonValue>,
): Promise<Map<string, StoredValue>> {
  const declared = plan.steps.find((step) => step.id === node)?.inputs ?? [];
  const issues: Issue[] = [];
  const stored = new Map<string, StoredValue>();
  for (const [name, value] of Object.entries(given)) {
    const path = `body.input.${name}`;
    const input = declared.find((candidate) => candidate.name === name);
    if (!input) issues.push({ path, message: `The step ${node} has no input of this name.` });
    else if (isFileType(input.type)) issues.push({ path, message: "A file cannot be changed here." });
    else if (input.type === "password") issues.push({ path, message: "A secret cannot be changed here." });
    else if (value === null && !input.optional) issues.push({ path, message: "is required" });
    else if (value === null) stored.set(name, storedNull);
    else {
      const coerced = coerceInput(input, value);
      if (coerced.ok) stored.set(name, await storeValue(projectId, coerced.value, false));
      else issues.push(...issuesOf(path, coerced));
    }
  }
  if (issues.length > 0) throw new AppError("invalid_input", "Some of the input is not right.", { issues });
  return stored;
}

function editedDefinition(definition: Definition, node: string, given: Record<string, JsonValue>): Definition {
  const inputs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { static: value }]));
  const nodes = definition.nodes.map((candidate) =>
    candidate.id === node ? { ...candidate, inputs: { ...candidate.inputs, ...inputs } } : candidate,
  );
  return { ...definition, nodes } as Definition;
}

/** The version with other inputs for one of its steps, to be run and never to go live: it has no number. */
export async function publishEdited(
  tx: Transaction,
  version: VersionRow,
  node: string,
  given: Record<string, JsonValue>,
): Promise<VersionRow> {
  const stored = await storeInputs(version, node, given);
  const steps = version.plan.steps.map((step) =>
    step.id === node
      ? {
          ...step,
          inputs: step.inputs.map((input) => {
            const value = stored.get(input.name);
            return value ? { ...input, source: { stored: value } } : input;
          }),
        }
      : step,
  );
  const plan = { ...version.plan, steps };
  const definition = editedDefinition(version.definition, node, given);
  const { projectId, workflowId } = version;
  return insertVersion(
    tx,
    { id: newId("workflowVersion"), projectId, workflowId, number: null, definition, plan },
    usedBy(plan),
  );
}
