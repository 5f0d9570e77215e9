import { type ActionVersionRow, listActionVersions } from "@/lib/actions";
import type { Transaction } from "@/lib/db";
import { listVariableRows } from "@/lib/variables";
import { listCallableWorkflows } from "./callable/store";
import { actionKey, type Library } from "./definition/library";

function entryOf(row: ActionVersionRow) {
  const key = actionKey({ id: row.actionId, version: row.version });
  return [key, { versionId: row.id, state: row.state, interface: row.interface }] as const;
}

/** What the project's definitions are checked against; actions newest first. */
export async function loadLibrary(tx: Transaction, projectId: string): Promise<Library> {
  const actions = await listActionVersions(tx, projectId);
  const variables = await listVariableRows(tx, projectId);
  return {
    actions: new Map(actions.map(entryOf)),
    workflows: new Map((await listCallableWorkflows(tx, projectId)).map(({ id, ...workflow }) => [id, workflow])),
    variables: new Map(variables.map((variable) => [variable.name, variable.type])),
  };
}
