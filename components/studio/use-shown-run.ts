import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { projectKey } from "@/components/query/keys";
import { runQuery } from "@/components/runs/queries";
import { callApi } from "@/lib/http/client";
import type { RunDetail } from "@/lib/runs/contract";
import { listRunsOperation } from "@/lib/runs/operations";

export interface ShownRun {
  /** The test that is followed, else the workflow's newest run. */
  run: RunDetail | undefined;
  isRunShown: boolean;
  showRun: (runId: string | null) => void;
}

export function useShownRun(projectId: string, workflowId: string): ShownRun {
  const [followed, showRun] = useState<string | null>(null);
  const newest = useQuery({
    queryKey: projectKey(projectId, "runs", "newest", workflowId),
    queryFn: ({ signal }) =>
      callApi(
        listRunsOperation,
        { params: { project: projectId }, query: { workflow: workflowId, limit: 1 } },
        { signal },
      ),
    enabled: followed === null,
  }).data?.items[0]?.id;
  const id = followed ?? newest;
  const run = useQuery({ ...runQuery(projectId, id ?? ""), enabled: id !== undefined }).data;
  return { run, isRunShown: followed !== null && run !== undefined, showRun };
}
