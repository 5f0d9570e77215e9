"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useProjectId } from "@/components/projects/use-project";
import { formatBytes, formatCount, formatDuration } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import type { Usage, UsageDay, UsagePeriod } from "@/lib/usage/contract";
import { DayChart } from "./day-chart";
import { LimitsSection } from "./limits-section";
import { usageQuery } from "./queries";

const periods = [
  { value: "day", label: "24 hours", hours: 24 },
  { value: "month", label: "30 days", hours: 720 },
] as const;

export function UsagePage() {
  const usage = useSuspenseQuery(usageQuery(useProjectId())).data;
  return (
    <>
      <RunsSection usage={usage} />
      <StorageSection storage={usage.storage} />
      <LimitsSection limits={usage.limits} />
    </>
  );
}

const isBusy = ({ completed, failed, canceled, refused }: UsageDay) => completed + failed + canceled + refused > 0;

function RunsSection({ usage }: { usage: Usage }) {
  const projectId = useProjectId();
  const [chosen, choose] = useUrlState("period");
  const { value, hours } = periods.find((period) => period.value === chosen) ?? periods[0];
  const period = usage.periods.find((known) => known.hours === hours);
  return (
    <Section
      title="Usage"
      actions={
        <Segmented
          label="Period"
          value={value}
          options={[...periods]}
          onChange={(next) => choose(next === "day" ? "" : next)}
        />
      }
    >
      <div className="flex flex-col gap-6 p-5">
        {period && <Figures period={period} labels={Object.fromEntries(usage.limits.map((l) => [l.name, l.label]))} />}
        {usage.days.some(isBusy) ? (
          <DayChart days={usage.days} />
        ) : (
          <p className="text-ink-soft text-sm">
            Nothing has run within 30 days. Runs are counted here once they have ended:{" "}
            <Link href={`/${projectId}`} className="font-medium text-accent hover:underline">
              start one
            </Link>
            .
          </p>
        )}
      </div>
    </Section>
  );
}

function Figures({ period, labels }: { period: UsagePeriod; labels: Record<string, string> }) {
  const { completed, failed, canceled, stepMs, refused, refusedByLimit } = period;
  const figures = [
    { label: "Completed", value: completed.toLocaleString("en") },
    { label: "Failed", value: failed.toLocaleString("en") },
    { label: "Canceled", value: canceled.toLocaleString("en") },
    { label: "Time in steps", value: formatDuration(stepMs) },
    { label: "Refused by limits", value: refused.toLocaleString("en") },
  ];
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-5">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-ink-faint text-xs">{label}</dt>
            <dd className="mt-0.5 font-semibold text-lg tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {refusedByLimit.length > 0 && (
        <p className="text-ink-soft text-xs">
          Refused:{" "}
          {refusedByLimit
            .map(({ limit, count }) => `${labels[limit] ?? limit} ${count.toLocaleString("en")}`)
            .join(" · ")}
        </p>
      )}
    </div>
  );
}

const kinds = [
  { key: "valueBytes", label: "Large values of runs", color: "bg-accent" },
  { key: "fileBytes", label: "Files", color: "bg-accent/60" },
  { key: "packageBytes", label: "Packages of actions", color: "bg-accent/30" },
] as const;

function StorageSection({ storage }: { storage: Usage["storage"] }) {
  const total = kinds.reduce((sum, { key }) => sum + storage[key], 0);
  return (
    <Section
      title="Storage"
      description="What nothing names any more is deleted after two days. Small values are rows of the database and do not count."
    >
      <div className="flex flex-col gap-4 p-5">
        <p className="text-sm">
          <span className="font-semibold text-lg tabular-nums">{formatBytes(total)}</span>{" "}
          <span className="text-ink-soft">in {formatCount(storage.blobs, "stored object")}</span>
        </p>
        {total > 0 && (
          <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full bg-line">
            {kinds
              .filter(({ key }) => storage[key] > 0)
              .map(({ key, color }) => (
                <div key={key} className={`min-w-1 ${color}`} style={{ width: `${(storage[key] / total) * 100}%` }} />
              ))}
          </div>
        )}
        <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          {kinds.map(({ key, label, color }) => (
            <div key={key} className="flex items-center gap-2">
              <dt className="flex items-center gap-2 text-ink-soft">
                <span aria-hidden="true" className={`size-2 rounded-sm ${color}`} />
                {label}
              </dt>
              <dd className="font-medium tabular-nums">{formatBytes(storage[key])}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
