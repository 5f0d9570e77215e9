import { useMemo } from "react";
import { useUrlState } from "@/components/ui/use-url-state";
import { runStates } from "@/drizzle/enums";
import type { RunFilter } from "@/lib/runs/contract";

const hourMs = 3_600_000;

/** How far back a list goes. */
export const ranges = [
  { value: "", label: "Any time", ms: null },
  { value: "1h", label: "Last hour", ms: hourMs },
  { value: "24h", label: "Last 24 hours", ms: 24 * hourMs },
  { value: "7d", label: "Last 7 days", ms: 7 * 24 * hourMs },
  { value: "30d", label: "Last 30 days", ms: 30 * 24 * hourMs },
] as const;

/** The list's filter as it stands in the URL, so that it can be sent to a colleague. */
export function useRunFilter() {
  const [stateText, setState] = useUrlState("state");
  const [workflow, setWorkflow] = useUrlState("workflow");
  const [source, setSource] = useUrlState("source");
  const [rangeText, setRange] = useUrlState("range");
  const [text, setText] = useUrlState("q");
  const state = runStates.find((candidate) => candidate === stateText);
  const range = ranges.find((candidate) => candidate.value === rangeText) ?? ranges[0];
  // Reckoned once for each choice: a time that moved with the clock would be another filter at each look.
  const since = useMemo(() => (range.ms === null ? null : new Date(Date.now() - range.ms).toISOString()), [range]);
  const filter: RunFilter = {
    ...(workflow && { workflow }),
    ...(state && { state }),
    ...(source && { source }),
    ...(since && { since }),
    ...(text && { text }),
  };
  const clear = () => {
    for (const set of [setState, setWorkflow, setSource, setRange, setText]) set("");
  };
  return {
    filter,
    isFiltered: Object.keys(filter).length > 0,
    clear,
    state,
    setState,
    workflow,
    setWorkflow,
    source,
    setSource,
    range,
    setRange,
    text,
    setText,
  };
}
