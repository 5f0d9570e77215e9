import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { allOfProject } from "@/components/query/keys";
import { readAgain } from "@/components/query/read-again";
import { showToast } from "@/components/ui/toast-store";
import { messageOf } from "@/lib/errors";
import { callApi } from "@/lib/http/client";
import type { RunFilter } from "@/lib/runs/contract";
import { cancelRunsOperation, deleteRunsOperation, replayRunsOperation } from "@/lib/runs/operations";

export type BulkVerb = "cancel" | "replay" | "delete";

type Request = { params: { project: string }; body: { filter: RunFilter; limit: number; cursor?: string } };

const calls = {
  cancel: (request: Request) => callApi(cancelRunsOperation, request),
  replay: (request: Request) => callApi(replayRunsOperation, request),
  delete: (request: Request) => callApi(deleteRunsOperation, request),
};
const past = { cancel: "canceled", replay: "replayed", delete: "deleted" };

/** Does something to every run that a filter finds, page after page, and says how far it is. */
export function useBulkRuns(verb: BulkVerb, filter: RunFilter) {
  const project = useProjectId();
  const client = useQueryClient();
  const [done, setDone] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async (): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    let total = 0;
    try {
      let cursor: string | undefined;
      do {
        const body = { filter, limit: 100, ...(cursor && { cursor }) };
        const page = await calls[verb]({ params: { project }, body });
        total += page.done;
        setDone(total);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      showToast({ tone: "success", title: `${total.toLocaleString()} ${total === 1 ? "run" : "runs"} ${past[verb]}` });
      return true;
    } catch (failure) {
      setError(messageOf(failure));
      return false;
    } finally {
      setBusy(false);
      readAgain(client, allOfProject(project));
    }
  };
  return { run, done, isBusy, error };
}
