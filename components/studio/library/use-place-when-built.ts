import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { actionQuery } from "@/components/library/queries";
import { showToast } from "@/components/ui/toast-store";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { actionKey } from "@/lib/workflows/definition/library";
import type { AddAt } from "../edits/nodes";
import { useAddAction } from "../use-add-action";
import { useStudio } from "../use-studio";

type Awaited = Pick<ActionVersionResource, "id" | "version" | "kind" | "name">;

/** Puts an action that is new to the project into the workflow, as soon as its build is done. */
export function usePlaceWhenBuilt() {
  const { projectId, catalog } = useStudio();
  const place = useAddAction();
  const [awaited, setAwaited] = useState<{ action: Awaited; at: AddAt | undefined } | null>(null);
  const action = awaited?.action;
  const { data } = useQuery({
    ...actionQuery(projectId, action?.id ?? "", action?.version ?? ""),
    enabled: action !== undefined,
  });
  // The studio reads a node's inputs in its own library, which must have heard of the action first.
  const isKnown = action !== undefined && catalog.versions.get(actionKey(action))?.state === "built";
  const failure = data?.state === "failed" ? (data.error ?? "") : null;
  useEffect(() => {
    if (!awaited || (!isKnown && failure === null)) return;
    setAwaited(null);
    if (isKnown) place(awaited.action, awaited.at);
    else showToast({ tone: "error", title: `${awaited.action.name} could not be built`, detail: failure ?? "" });
  }, [awaited, isKnown, failure, place]);
  return {
    placeWhenBuilt: (chosen: Awaited, at?: AddAt) => setAwaited({ action: chosen, at }),
    /** The action that is on its way. */
    awaited: action?.id ?? null,
  };
}
