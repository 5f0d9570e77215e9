import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/ui/format";
import { type LogLevel, logLevels } from "./log-level";
import { levelLooks } from "./log-level-looks";

interface LogLevelChipsProps {
  counts: Readonly<Record<LogLevel, number>>;
  chosen: readonly LogLevel[];
  onToggle: (level: LogLevel) => void;
}

/** The levels of a log's lines; those that are pressed are shown alone. */
export function LogLevelChips({ counts, chosen, onToggle }: LogLevelChipsProps) {
  const shown = logLevels.filter((level) => level !== "system" || counts.system > 0 || chosen.includes(level));
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1">
      <legend className="sr-only">Levels of the log</legend>
      {shown.map((level) => (
        <Chip
          key={level}
          level={level}
          count={counts[level]}
          isChosen={chosen.includes(level)}
          isFaint={chosen.length > 0 && !chosen.includes(level)}
          onToggle={() => onToggle(level)}
        />
      ))}
    </fieldset>
  );
}

function Chip({
  level,
  count,
  isChosen,
  isFaint,
  onToggle,
}: {
  level: LogLevel;
  count: number;
  isChosen: boolean;
  isFaint: boolean;
  onToggle: () => void;
}) {
  const { many, dot } = levelLooks[level];
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-label={`${many}: ${formatCount(count, "line")}`}
      disabled={count === 0 && !isChosen}
      onClick={onToggle}
      className={cn(
        "flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-xs transition-colors focus-visible:-outline-offset-2 disabled:opacity-50",
        isChosen ? "border-accent bg-accent/10 font-medium" : "border-line bg-surface enabled:hover:bg-hover",
        isFaint && "text-ink-faint",
      )}
    >
      <span aria-hidden="true" className={cn("size-2 rounded-full", dot)} />
      {many}
      <span className="tabular text-ink-faint">{count.toLocaleString("en")}</span>
    </button>
  );
}
