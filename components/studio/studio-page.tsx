"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useProject } from "@/components/projects/use-project";
import { Gone } from "@/components/query/gone";
import { QueryError } from "@/components/query/query-error";
import { Spinner } from "@/components/ui/spinner";
import { workflowQuery } from "@/components/workflows/queries";
import { ApiError } from "@/lib/http/client";

/** The graph's library is large, and nothing of it can be drawn before the browser knows its size. */
const StudioScreen = dynamic(() => import("./studio-screen").then((module) => module.StudioScreen), {
  ssr: false,
  loading: () => <Loading />,
});

export function StudioPage({ workflowId }: { workflowId: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery(workflowQuery(project.id, workflowId));
  if (error instanceof ApiError && error.status === 404) {
    return (
      <div className="p-6">
        <Gone what={data?.name ?? "The workflow"} backHref={`/${project.id}`} backLabel="All workflows" />
      </div>
    );
  }
  if (data) return <StudioScreen key={data.id} workflow={data} />;
  if (error) return <QueryError title="The workflow could not be read" error={error} onRetry={() => void refetch()} />;
  return <Loading />;
}

function Loading() {
  return (
    <div
      data-fullscreen
      role="status"
      className="flex h-dvh items-center justify-center gap-2.5 text-ink-faint text-sm"
    >
      <Spinner />
      Opening the studio …
    </div>
  );
}
