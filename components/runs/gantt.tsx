"use client";
import { Fragment, useMemo } from "react";
import { useFastNow } from "@/components/ui/clock";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format";
import { Rows } from "@/components/ui/rows";
import { Duration } from "@/components/ui/time";
import type { RunDetail } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { type GanttBar, type GanttRow, layOutGantt } from "./gantt-layout";
import { StateIcon, stateLooks } from "./run-state";
import { percentOf } from "./step-progress";

const rowHeight = 36;
/** By the room of the timeline itself, which is not always that of the window. */
const columns =
  "grid grid-cols-[8rem_minmax(0,1fr)_3.75rem] items-center gap-3 px-4 @xl:grid-cols-[13rem_minmax(0,1fr)_4.5rem] @4xl:grid-cols-[18rem_minmax(0,1fr)_4.5rem]";

/** A run's steps in time, those side by side that ran so; pressing one selects it. */
export function GanttView({
  run,
  selected,
  onSelect,
}: {
  run: RunDetail;
  selected: string | null;
  onSelect: (node: string | null) => void;
}) {
  const now = useFastNow(!isRunOver(run.state));
  const { rows, ticks } = layOutGantt(run, now);
  const namesakes = useMemo(() => namesOfMany(run), [run]);
  return (
    <div className="@container rounded-lg border border-line bg-surface shadow-card">
      <div className={cn(columns, "h-8 border-line border-b text-2xs text-ink-faint")} aria-hidden="true">
        <span>{rows.length} steps</span>
        <span className="relative h-full overflow-hidden">
          {ticks.map((tick, index) => (
            <span
              key={tick.milliseconds}
              // Where it is narrow there is room for every other one; at the end, for the line alone.
              data-spare={index % 2 === 1 || tick.at > 0.6 || undefined}
              className="@max-2xl:data-spare:hidden tabular absolute inset-y-0 flex items-center border-line border-l pl-1.5 whitespace-nowrap"
              style={{ left: `${tick.at * 100}%` }}
            >
              {tick.at < 0.88 && formatDuration(tick.milliseconds)}
            </span>
          ))}
        </span>
        <span className="text-right">Duration</span>
      </div>
      <Rows
        count={rows.length}
        rowHeight={rowHeight}
        maxHeight={rowHeight * 12.5}
        label="Steps"
        shownRow={selected === null ? null : rows.findIndex(({ step }) => step.node === selected)}
        keyOf={(index) => rows[index]?.step.node ?? ""}
        renderRow={(index) => {
          const row = rows[index];
          if (!row) return null;
          const isSelected = row.step.node === selected;
          return (
            <Row
              row={row}
              isSelected={isSelected}
              hasNamesake={namesakes.has(row.step.name)}
              onSelect={() => onSelect(isSelected ? null : row.step.node)}
            />
          );
        }}
      />
    </div>
  );
}

/** What more than one step is called: those are told apart by their nodes. */
function namesOfMany(run: RunDetail): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const { name } of run.steps) count.set(name, (count.get(name) ?? 0) + 1);
  return new Set(run.steps.map(({ name }) => name).filter((name) => (count.get(name) ?? 0) > 1));
}

interface RowProps {
  row: GanttRow;
  isSelected: boolean;
  hasNamesake: boolean;
  onSelect: () => void;
}

function Row({ row, isSelected, hasNamesake, onSelect }: RowProps) {
  const { step, bars } = row;
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      aria-label={`${step.name}: ${stateLooks[step.state].label}`}
      onClick={onSelect}
      className={cn(
        columns,
        "h-full w-full text-left text-sm transition-colors focus-visible:-outline-offset-2",
        isSelected ? "bg-accent/10" : "hover:bg-hover",
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StateIcon state={step.state} size={14} />
        <span
          dir="auto"
          className={cn("truncate text-left", isSelected && "font-medium", hasNamesake && "@max-xl:hidden")}
        >
          {step.name}
        </span>
        {hasNamesake && (
          <code className="truncate font-mono text-xs @max-xl:text-ink @xl:shrink-0 @xl:text-2xs @xl:text-ink-faint">
            {step.node}
          </code>
        )}
        {step.state === "running" && step.progress && (
          <span className="shrink-0 text-ink-faint text-xs tabular-nums">{percentOf(step.progress)}</span>
        )}
        {step.attempts > 1 && (
          <span title={`${step.attempts} attempts`} className="shrink-0 text-ink-faint text-xs tabular-nums">
            ×{step.attempts}
          </span>
        )}
      </span>
      <span className="relative h-full">
        {bars.map((bar, index) => (
          <Fragment key={bar.attempt}>
            <Wait before={bars[index - 1]} bar={bar} />
            <Bar bar={bar} isOneOfMany={step.attempts > 1} />
          </Fragment>
        ))}
      </span>
      <span className="text-right text-ink-soft text-xs">
        {step.kind === "trigger" ? "" : <Duration startedAt={step.startedAt} finishedAt={step.finishedAt} />}
      </span>
    </button>
  );
}

/** What lies between two attempts, so that they are seen to be of one step. */
function Wait({ before, bar }: { before: GanttBar | undefined; bar: GanttBar }) {
  if (!before) return null;
  const left = before.left + before.width;
  const width = `${Math.max(0, bar.left - left) * 100}%`;
  return <span className="absolute top-1/2 border-line-strong border-t" style={{ left: `${left * 100}%`, width }} />;
}

function Bar({ bar, isOneOfMany }: { bar: GanttBar; isOneOfMany: boolean }) {
  return (
    <span
      title={isOneOfMany ? `Attempt ${bar.attempt}: ${stateLooks[bar.state].label}` : undefined}
      className={cn(
        "absolute top-1/2 h-4 min-w-0.75 -translate-y-1/2 rounded-sm",
        stateLooks[bar.state].fill,
        bar.state === "running" ? "animate-breathe" : "opacity-80",
      )}
      style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
    />
  );
}
