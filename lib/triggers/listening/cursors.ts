import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { loadJsonText, parseJson, storeValue } from "@/lib/values";
import { cursorLimits } from "./cursor-limits";
import { deleteCursor, findCursor, writeCursor } from "./store";

export interface CursorPlace {
  projectId: string;
  workflowId: string;
  key: string;
}

/** The JSON text that was last set, if any. */
export async function readCursor({ projectId, workflowId, key }: CursorPlace): Promise<string | null> {
  const stored = await inProject(projectId, (tx) => findCursor(tx, projectId, workflowId, key));
  return stored ? loadJsonText(projectId, stored) : null;
}

/** @throws AppError `invalid_input` for what is too large or too much */
export async function setCursor(place: CursorPlace, text: string | null): Promise<void> {
  const { projectId, workflowId, key } = place;
  if (text === null) return inProject(projectId, (tx) => deleteCursor(tx, projectId, workflowId, key));
  if (Buffer.byteLength(text) > cursorLimits.valueBytes)
    throw new AppError("invalid_input", `A cursor's value may have ${cursorLimits.valueBytes >> 10} KiB of JSON.`);
  const value = await storeValue(projectId, parseJson(text), true);
  await inProject(projectId, async (tx) => {
    if (!(await writeCursor(tx, place, value, cursorLimits.keys)))
      throw new AppError("invalid_input", `A trigger may have ${cursorLimits.keys} cursors.`);
  });
}
