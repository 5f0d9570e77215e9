import { inProject } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { StoredValues } from "@/lib/values";
import type { ClockRow } from "@/lib/workflows";
import { countSlots } from "./slots-between";
import { countMissed, groupMissed } from "./store";

export interface MissedSlot {
  slot: Date;
  versionId: string;
  reason: string;
  input: StoredValues;
}

/**
 * Writes down a time that was missed and is not made up for: all that come of one absence for one reason are one event,
 * however many they are. The same time again changes nothing.
 */
export async function noteMissed(row: ClockRow, missed: MissedSlot): Promise<void> {
  const { projectId, workflowId } = row;
  const group = await inProject(projectId, (tx) =>
    groupMissed(tx, { id: newId("event"), projectId, workflowId, ...missed }),
  );
  const count = await countSlots(row, group.first, group.last);
  await inProject(projectId, (tx) => countMissed(tx, projectId, group, count));
}
