import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { actionQuery } from "@/components/library/queries";
import { useVerb } from "@/components/query/use-verb";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { pushActionsOperation } from "@/lib/actions/operations";
import type { Issue } from "@/lib/errors";
import { ApiError, callApi } from "@/lib/http/client";
import { type Draft, zipDraft } from "./draft";

type Identity = Pick<ActionVersionResource, "id" | "version">;

/** What the server said of a package that it did not take. */
export function refusalOf(error: Error | null): Issue[] {
  return error instanceof ApiError ? error.issues : [];
}

/** Stores what is being written as a version, and waits until it is built. */
export function useSave(
  projectId: string,
  told: { built: (action: ActionVersionResource) => void; failed: (message: string, action: Identity) => void },
) {
  const [saved, setSaved] = useState<Identity | null>(null);
  const push = useVerb({
    projectId,
    failure: "The version could not be saved",
    showsOwnErrors: true,
    run: async (draft: Draft) => {
      const zip = new Blob([new Uint8Array(zipDraft(draft))], { type: "application/zip" });
      const { items } = await callApi(pushActionsOperation, { params: { project: projectId }, body: zip });
      const action = items[0]?.action;
      if (!action) throw new Error("The server took the package, and stored nothing of it.");
      return action;
    },
    onSuccess: ({ id, version }) => setSaved({ id, version }),
  });
  const { data } = useQuery({
    ...actionQuery(projectId, saved?.id ?? "", saved?.version ?? ""),
    enabled: saved !== null,
  });
  const latest = useRef(told);
  useEffect(() => {
    latest.current = told;
  });
  const state = saved && data?.version === saved.version ? data.state : null;
  useEffect(() => {
    if (!data || (state !== "built" && state !== "failed")) return;
    setSaved(null);
    if (state === "built") latest.current.built(data);
    else latest.current.failed(data.error ?? "The build failed.", data);
  }, [state, data]);
  return {
    save: push.mutate,
    error: push.error,
    isBusy: push.isPending || saved !== null,
    /** Of the build that goes on, or of the last one. */
    buildLog: data?.buildLog ?? [],
  };
}
