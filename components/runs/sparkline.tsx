import { formatCount } from "@/components/ui/format";
import type { WorkflowActivity } from "@/lib/runs/activity/contract";

const height = 24;
const barWidth = 3;
const gap = 1;

/** Runs of the last day by the hour; the failed part of each in red. */
export function Sparkline({ hours }: { hours: WorkflowActivity["hours"] }) {
  const total = hours.reduce((sum, hour) => sum + hour.runs, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const most = Math.max(1, ...hours.map((hour) => hour.runs));
  const tall = (runs: number) => (runs === 0 ? 0 : Math.max(2, (runs / most) * height));
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
      {hours.map((hour, index) => {
        const x = index * (barWidth + gap);
        const whole = tall(hour.runs);
        const bad = hour.failed === 0 ? 0 : Math.max(2, (hour.failed / hour.runs) * whole);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is known by its place
          <g key={index}>
            <rect x={x} y={height - 1} width={barWidth} height={1} className="fill-line-strong" />
            <rect x={x} y={height - whole} width={barWidth} height={whole} rx={1} className="fill-accent/55" />
            <rect x={x} y={height - bad} width={barWidth} height={bad} rx={1} className="fill-failed" />
          </g>
        );
      })}
    </svg>
  );
}
