"use client";
import { CircleX, PencilLine, RotateCcw, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMay } from "@/components/projects/use-project";
import { Button, IconButton } from "@/components/ui/button";
import { Facts, Section } from "@/components/ui/section";
import { type Tab, Tabs } from "@/components/ui/tabs";
import { Duration, RelativeTime } from "@/components/ui/time";
import { useUrlState } from "@/components/ui/use-url-state";
import type { StepState } from "@/drizzle/enums";
import type { RunDetail, StepResource } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { EditReplayDialog } from "./edit-replay-dialog";
import { ErrorView } from "./error-view";
import { StateBadge } from "./run-state";
import { ProgressBar } from "./step-progress";
import { useRunVerbs } from "./use-run-verbs";
import { ValuesView } from "./value-view";

const AnswerView = dynamic(() => import("./answer-view").then((module) => module.AnswerView));
const LogViewer = dynamic(() => import("./log-viewer").then((module) => module.LogViewer));

const stepViews = ["outputs", "inputs", "log", "attempts"] as const;
type View = (typeof stepViews)[number] | "answer";

function useView(available: readonly View[], fallback: View): [View, (view: View) => void] {
  const [text, set] = useUrlState("view");
  return [available.find((view) => view === text) ?? fallback, set];
}

/** The run as a whole: what it answered, what it was given, and all that it logged. */
export function RunPanel({ run, onSelect }: { run: RunDetail; onSelect: (node: string) => void }) {
  const answerLink = isRunOver(run.state) ? run.resultLink : null;
  const [view, setView] = useView(
    answerLink ? ["outputs", "answer", "inputs", "log"] : ["outputs", "inputs", "log"],
    "outputs",
  );
  const tabs: Tab<View>[] = [
    {
      value: "outputs",
      label: "Result",
      content: run.error ? (
        <div className="flex flex-col items-start gap-3">
          <ErrorView error={run.error} />
          <FailedStepButton run={run} onSelect={onSelect} />
        </div>
      ) : (
        <ValuesView runId={run.id} values={run.outputs} empty={noOutputs(run.state, "It gave no results.")} />
      ),
    },
    {
      value: "inputs",
      label: "Input",
      content: <ValuesView runId={run.id} values={run.inputs} empty="It took no input." />,
    },
    { value: "log", label: "Log", content: <LogViewer runId={run.id} node={null} isOpen={!isRunOver(run.state)} /> },
  ];
  if (answerLink)
    tabs.splice(1, 0, { value: "answer", label: "HTTP answer", content: <AnswerView run={run} link={answerLink} /> });
  return (
    <section aria-label="The run" className="rounded-lg border border-line bg-surface shadow-card">
      <Tabs label="The run" value={view} onChange={setView} tabs={tabs} className="px-5 pt-2 pb-5" />
    </section>
  );
}

function noOutputs(state: StepState, ended: string): string {
  if (state === "queued") return "It has not begun yet.";
  if (state === "running") return "It has not ended yet.";
  if (state === "canceled") return "It was canceled before it gave any.";
  return state === "skipped" ? "It was not run." : ended;
}

/** To where it went wrong: its log, its inputs, a replay from there. */
function FailedStepButton({ run, onSelect }: { run: RunDetail; onSelect: (node: string) => void }) {
  const failed = run.steps.find((step) => step.state === "failed");
  if (!failed) return null;
  return (
    <Button size="sm" icon={<CircleX size={13} />} onClick={() => onSelect(failed.node)}>
      Show the step that failed
    </Button>
  );
}

/** One of its steps. */
export function StepPanel({ run, step, onClose }: { run: RunDetail; step: StepResource; onClose: () => void }) {
  const hasAttempts = step.earlierAttempts.length > 0;
  const [view, setView] = useView(hasAttempts ? stepViews : stepViews.slice(0, 3), "outputs");
  const mayStart = useMay("runs.start");
  const mayEdit = useMay("workflows.edit");
  const [isEditing, setEditing] = useState(false);
  const { replay } = useRunVerbs(run.id);
  const tabs: Tab<View>[] = [
    {
      value: "outputs",
      label: "Outputs",
      content: step.error ? (
        <ErrorView error={step.error} />
      ) : (
        <ValuesView runId={run.id} values={step.outputs} empty={noOutputs(step.state, "It gave no outputs.")} />
      ),
    },
    {
      value: "inputs",
      label: "Inputs",
      content: <ValuesView runId={run.id} values={step.inputs} empty="It took no inputs." />,
    },
    {
      value: "log",
      label: "Log",
      content: <LogViewer key={step.node} runId={run.id} node={step.node} isOpen={!isRunOver(run.state)} />,
    },
  ];
  if (hasAttempts) {
    tabs.push({ value: "attempts", label: "Attempts", count: step.attempts, content: <Attempts step={step} /> });
  }
  return (
    <Section
      title={
        <span className="flex flex-wrap items-center gap-2.5">
          {step.name}
          <StateBadge state={step.state} />
        </span>
      }
      description={
        <>
          {step.action} · <code className="font-mono text-xs">{step.node}</code>
        </>
      }
      actions={
        <span className="flex gap-1.5">
          {mayStart && step.kind === "action" && isRunOver(run.state) && (
            <Button
              size="sm"
              icon={<RotateCcw size={13} />}
              isBusy={replay.isPending}
              onClick={() => replay.mutate({ from: step.node })}
            >
              Replay from here
            </Button>
          )}
          {mayEdit && step.inputs && isRunOver(run.state) && step.kind === "action" && (
            <>
              <Button size="sm" icon={<PencilLine size={13} />} onClick={() => setEditing(true)}>
                Edit and replay
              </Button>
              <EditReplayDialog
                isOpen={isEditing}
                onClose={() => setEditing(false)}
                title={`Replay from ${step.name} with other inputs`}
                runId={run.id}
                node={step.node}
                values={step.inputs}
              />
            </>
          )}
          <IconButton label="Back to the run as a whole" onClick={onClose}>
            <X size={16} />
          </IconButton>
        </span>
      }
    >
      <div className="flex flex-col gap-4 border-line border-b px-5 py-4">
        {step.state === "running" && step.progress && <ProgressBar progress={step.progress} />}
        <StepFacts step={step} />
      </div>
      <Tabs label={step.name} value={view} onChange={setView} tabs={tabs} className="px-5 pt-2 pb-5" />
    </Section>
  );
}

function StepFacts({ step }: { step: StepResource }) {
  return (
    <Facts
      areShort
      items={[
        { label: "Started", value: step.startedAt ? <RelativeTime at={step.startedAt} /> : "–" },
        { label: "Duration", value: <Duration startedAt={step.startedAt} finishedAt={step.finishedAt} /> },
        { label: "Attempts", value: step.attempts },
        ...(step.isolation ? [{ label: "Isolation", value: step.isolation }] : []),
      ]}
    />
  );
}

function Attempts({ step }: { step: StepResource }) {
  const last = { ...step, attempt: step.attempts };
  return (
    <ol className="flex flex-col gap-4">
      {[...step.earlierAttempts.map((attempt) => ({ ...attempt, state: "failed" as const })), last].map((attempt) => (
        <li key={attempt.attempt} className="flex flex-col gap-2">
          <p className="flex items-center gap-3 text-sm">
            <span className="font-medium">Attempt {attempt.attempt}</span>
            {attempt.startedAt && <RelativeTime at={attempt.startedAt} className="text-ink-faint" />}
            <Duration startedAt={attempt.startedAt} finishedAt={attempt.finishedAt} className="text-ink-faint" />
            {!attempt.error && <StateBadge state={attempt.state} />}
          </p>
          {attempt.error && <ErrorView error={attempt.error} />}
        </li>
      ))}
    </ol>
  );
}
