"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { ChooseExample } from "./choose-example";
import { StartedExample } from "./started-example";

/** From an empty project to a first answer. Where one is stands in the address; a key, which is shown once, does not. */
export function StartPage() {
  const projectId = useProjectId();
  const router = useRouter();
  const search = useSearchParams();
  const [key, setKey] = useState<string | null>(null);
  const [example, workflow] = [search.get("example"), search.get("workflow")];
  if (example && workflow) {
    return <StartedExample key={workflow} exampleId={example} workflowId={workflow} madeKey={key} />;
  }
  return (
    <ChooseExample
      onLive={(chosen, live, made) => {
        setKey(made);
        router.push(`/${projectId}/start?${new URLSearchParams({ example: chosen, workflow: live.id })}`);
      }}
    />
  );
}
