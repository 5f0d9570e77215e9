"use client";
import { useQuery } from "@tanstack/react-query";
import { Play, SearchX } from "lucide-react";
import Link from "next/link";
import { useProjectId } from "@/components/projects/use-project";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import { workflowsQuery } from "@/components/workflows/queries";
import { type RunState, runStates } from "@/drizzle/enums";
import { RunList } from "./run-list";
import { stateLooks } from "./run-state";

export function RunsPage() {
  const projectId = useProjectId();
  const workflows = useQuery(workflowsQuery(projectId)).data?.items ?? [];
  const [stateText, setState] = useUrlState("state");
  const [workflow, setWorkflow] = useUrlState("workflow");
  const state = runStates.find((candidate) => candidate === stateText);
  const filter = { ...(workflow && { workflow }), ...(state && { state }) };
  const isFiltered = workflow !== "" || state !== undefined;
  return (
    <>
      <PageHeader title="Runs" />
      <section aria-label="Runs" className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <Segmented
            label="State"
            value={state ?? ""}
            onChange={setState}
            options={[
              { value: "" as RunState | "", label: "All" },
              ...runStates.map((value) => ({ value, label: stateLooks[value].label })),
            ]}
          />
          <Select
            aria-label="Workflow"
            className="max-w-56"
            value={workflow}
            onChange={(event) => setWorkflow(event.target.value)}
          >
            <option value="">All workflows</option>
            {workflows.map((item) => (
              <option key={item.id} value={item.id}>
                {item.name}
              </option>
            ))}
          </Select>
        </div>
        <RunList
          filter={filter}
          empty={
            isFiltered ? (
              <EmptyState
                icon={<SearchX size={22} />}
                title="No run matches"
                action={
                  <Button
                    onClick={() => {
                      setState("");
                      setWorkflow("");
                    }}
                  >
                    Show all runs
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={<Play size={22} />}
                title="No runs yet"
                action={
                  <Link href={`/${projectId}`} className={buttonClass({ look: "primary" })}>
                    To the workflows
                  </Link>
                }
              >
                Each call of a live workflow is a run. Deploy one and call it, and it shows up here as it happens.
              </EmptyState>
            )
          }
        />
      </section>
    </>
  );
}
