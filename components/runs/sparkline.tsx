import { formatCount } from "@/components/ui/format";
import type { WorkflowActivity } from "@/lib/runs/activity/contract";

const height = 24;
const barWidth = 3;
const gap = 1;

/** As one path, however many bars there are: a list has a chart in each of its rows. */
function barsOf(heights: readonly number[]): string {
  return heights
    .map((tall, index) => (tall === 0 ? "" : `M${index * (barWidth + gap)} ${height}v${-tall}h${barWidth}v${tall}z`))
    .join("");
}

const tenth = (value: number) => Math.round(value * 10) / 10;

/** Runs of the last day by the hour; the failed part of each in red. */
export function Sparkline({ hours }: { hours: WorkflowActivity["hours"] }) {
  const total = hours.reduce((sum, hour) => sum + hour.runs, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const most = Math.max(1, ...hours.map((hour) => hour.runs));
  const tall = (runs: number) => (runs === 0 ? 0 : tenth(Math.max(2, (runs / most) * height)));
  const bad = (hour: (typeof hours)[number]) =>
    hour.failed === 0 ? 0 : tenth(Math.max(2, (hour.failed / hour.runs) * tall(hour.runs)));
  const label = `${formatCount(total, "run")} in 24 hours, ${failed.toLocaleString("en")} failed`;
  return (
    <svg
      role="img"
      aria-label={label}
      width={hours.length * (barWidth + gap)}
      height={height}
      className="shrink-0 text-ink-faint"
    >
      <title>{label}</title>
      <path d={barsOf(hours.map(() => 1))} className="fill-line-strong" />
      <path d={barsOf(hours.map((hour) => tall(hour.runs)))} className="fill-accent/55" />
      <path d={barsOf(hours.map(bad))} className="fill-failed" />
    </svg>
  );
}
