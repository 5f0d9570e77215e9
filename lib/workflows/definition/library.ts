import type { ActionVersionState } from "@/drizzle/enums";
import type { ActionInterface } from "@/lib/actions/interface";
import type { IoType } from "@/lib/values/types";

/** What a definition is checked against: the project's action versions and variables. Pure. */
export interface LibraryAction {
  versionId: string;
  state: ActionVersionState;
  interface: ActionInterface;
}

export interface Library {
  actions: Map<string, LibraryAction>;
  variables: Map<string, IoType>;
  /** Names by id. */
  workflows: Map<string, string>;
}

export function actionKey(action: { id: string; version: string }): string {
  return `${action.id}@${action.version}`;
}
