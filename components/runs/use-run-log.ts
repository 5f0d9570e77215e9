import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useLive } from "@/components/live/provider";
import { useProjectId } from "@/components/projects/use-project";
import { callApi } from "@/lib/http/client";
import { runLogsOperation } from "@/lib/runs/operations";
import { type LogState, RunLog } from "./run-log";

/** A run's log, or one step's, growing as the live stream says that the run has moved. */
export function useRunLog(runId: string, node: string | null): LogState & { retry: () => void } {
  const project = useProjectId();
  const { subscribe } = useLive();
  const log = useMemo(
    () =>
      new RunLog((cursor, limit) =>
        callApi(runLogsOperation, {
          params: { project, run: runId },
          query: { cursor, limit, ...(node && { node }) },
        }),
      ),
    [project, runId, node],
  );
  useEffect(() => {
    void log.look();
    return subscribe((change) => {
      if (!change || change.runs === null || change.runs.includes(runId)) void log.look();
    });
  }, [log, subscribe, runId]);
  const state = useSyncExternalStore(log.subscribe, log.snapshot, log.snapshot);
  return { ...state, retry: log.look };
}
