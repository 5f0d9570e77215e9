import { inProject, listen } from "@/lib/db";
import { findListener, type ListenerRow } from "@/lib/workflows";

const lookEveryMs = 3_000;

/** Calls `changed` once another deployment has come, or the workflow was stopped. */
export async function watchListener(row: ListenerRow, changed: () => void): Promise<() => void> {
  const { projectId, workflowId, deployment } = row;
  const look = async () => {
    const now = await inProject(projectId, (tx) => findListener(tx, projectId, workflowId));
    if (now?.deployment !== deployment) changed();
  };
  // What cannot be read just now is looked at again.
  const lookQuietly = () => void look().catch(() => {});
  const timer = setInterval(lookQuietly, lookEveryMs);
  const own = `${projectId}/${workflowId}`;
  const unlisten = await listen("listener_changed", (payload) => payload === own && lookQuietly(), lookQuietly).catch(
    () => () => {},
  );
  return () => {
    clearInterval(timer);
    unlisten();
  };
}
