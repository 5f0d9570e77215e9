"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { actionHref } from "@/components/library/action-href";
import { actionsQuery } from "@/components/library/queries";
import { useProjectId } from "@/components/projects/use-project";
import { Spinner } from "@/components/ui/spinner";
import { showToast } from "@/components/ui/toast-store";
import type { ActionVersionResource } from "@/lib/actions/contract";

/** The code editor is large, and only a browser can draw it. */
const ExistingAction = dynamic(() => import("./existing-action").then((module) => module.ExistingAction), {
  ssr: false,
  loading: () => <Loading />,
});
const NewAction = dynamic(() => import("./new-action").then((module) => module.NewAction), {
  ssr: false,
  loading: () => <Loading />,
});

/** An action is written: a new one, or a version of one that there is. */
export function EditorPage({ action }: { action: { id: string; version: string } | null }) {
  const router = useRouter();
  const projectId = useProjectId();
  const { data } = useQuery(actionsQuery(projectId));
  const [begunAt] = useState(action);
  const close = () => router.push(begunAt ? actionHref(projectId, begunAt) : `/${projectId}/library`);
  const saved = (stored: ActionVersionResource) => {
    showToast({ tone: "success", title: `${stored.name} ${stored.version} is ready to be used` });
    router.push(actionHref(projectId, stored));
  };
  return (
    <div data-fullscreen className="h-dvh">
      {!data && <Loading />}
      {data && begunAt && <ExistingAction action={begunAt} onSaved={saved} onClose={close} />}
      {data && !begunAt && <NewAction onSaved={saved} onClose={close} />}
    </div>
  );
}

function Loading() {
  return (
    <div role="status" className="flex h-full items-center justify-center gap-2.5 text-ink-faint text-sm">
      <Spinner />
      Opening the editor …
    </div>
  );
}
