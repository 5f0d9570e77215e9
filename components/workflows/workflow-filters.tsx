"use client";
import { useMemo } from "react";
import { Select } from "@/components/ui/field";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { triggerLabels } from "./endpoint";
import { countByState, countByTag, countByTrigger, type WorkflowFilter } from "./filter-workflows";
import { type ShownState, workflowStateLooks } from "./workflow-state";

const states = Object.keys(workflowStateLooks) as ShownState[];

export interface WorkflowFilterState extends WorkflowFilter {
  set: (change: Partial<WorkflowFilter>) => void;
}

/** What the dashboard is narrowed to, as it stands in the URL. */
export function useWorkflowFilter(): WorkflowFilterState {
  const [search, setSearch] = useUrlState("q");
  const [stateText, setState] = useUrlState("state");
  const [trigger, setTrigger] = useUrlState("trigger");
  const [tag, setTag] = useUrlState("tag");
  const state = states.find((candidate) => candidate === stateText) ?? "";
  const set = (change: Partial<WorkflowFilter>) => {
    if (change.search !== undefined) setSearch(change.search);
    if (change.state !== undefined) setState(change.state);
    if (change.trigger !== undefined) setTrigger(change.trigger);
    if (change.tag !== undefined) setTag(change.tag);
  };
  return { search, state, trigger, tag, set };
}

export function WorkflowFilters({ workflows, filter }: { workflows: WorkflowResource[]; filter: WorkflowFilterState }) {
  const counts = useMemo(() => countByState(workflows), [workflows]);
  const triggers = useMemo(
    () => countByTrigger(workflows).map(([kind, count]) => ({ value: kind, label: triggerLabels[kind], count })),
    [workflows],
  );
  const tags = useMemo(
    () => countByTag(workflows).map(([tag, count]) => ({ value: tag, label: tag, count })),
    [workflows],
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchField
        label="Search workflows"
        value={filter.search}
        onChange={(search) => filter.set({ search })}
        className="min-w-48 flex-1 sm:max-w-72"
      />
      <Segmented
        label="State"
        value={filter.state}
        onChange={(state) => filter.set({ state })}
        options={[
          { value: "" as ShownState | "", label: `All ${workflows.length}` },
          ...states.map((value) => ({ value, label: `${workflowStateLooks[value].label} ${counts[value]}` })),
        ]}
      />
      <Choice
        label="Trigger"
        all="Any trigger"
        value={filter.trigger}
        options={triggers}
        onChange={(trigger) => filter.set({ trigger })}
      />
      <Choice label="Tag" all="Any tag" value={filter.tag} options={tags} onChange={(tag) => filter.set({ tag })} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string;
  options: { value: string; label: string; count: number }[];
  onChange: (value: string) => void;
}

/** Not there while there is nothing to choose from. */
function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  if (value === "" && options.length < (label === "Tag" ? 1 : 2)) return null;
  const isKnown = value === "" || options.some((option) => option.value === value);
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8.5 w-auto max-w-48"
    >
      <option value="">{all}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label} ({option.count})
        </option>
      ))}
    </Select>
  );
}
