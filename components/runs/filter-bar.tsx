"use client";
import { useQuery } from "@tanstack/react-query";
import { useProjectId } from "@/components/projects/use-project";
import { Select } from "@/components/ui/field";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { workflowsQuery } from "@/components/workflows/queries";
import { type RunState, runStates } from "@/drizzle/enums";
import { stateLooks } from "./run-state";
import { sourceOptions } from "./source";
import { ranges, type useRunFilter } from "./use-run-filter";

export function FilterBar({ filter }: { filter: ReturnType<typeof useRunFilter> }) {
  const workflows = useQuery(workflowsQuery(useProjectId())).data?.items ?? [];
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Segmented
        label="State"
        value={filter.state ?? ""}
        onChange={filter.setState}
        options={[
          { value: "" as RunState | "", label: "All" },
          ...runStates.map((value) => ({ value, label: stateLooks[value].label })),
        ]}
      />
      <Select
        aria-label="Workflow"
        className="min-w-36 max-sm:flex-1 sm:w-36"
        value={filter.workflow}
        onChange={(event) => filter.setWorkflow(event.target.value)}
      >
        <option value="">All workflows</option>
        {workflows.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Started by"
        className="min-w-36 max-sm:flex-1 sm:w-36"
        value={filter.source}
        onChange={(event) => filter.setSource(event.target.value)}
      >
        <option value="">By anything</option>
        {sourceOptions.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="When"
        className="min-w-36 max-sm:flex-1 sm:w-36"
        value={filter.range.value}
        onChange={(event) => filter.setRange(event.target.value)}
      >
        {ranges.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <SearchField
        label="Run id or input text"
        value={filter.text}
        onChange={filter.setText}
        className="min-w-48 flex-1 basis-48"
      />
    </div>
  );
}
