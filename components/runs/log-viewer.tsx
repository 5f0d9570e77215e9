"use client";
import { Download } from "lucide-react";
import { useMemo } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { formatCount } from "@/components/ui/format";
import { SearchField } from "@/components/ui/search-field";
import type { LogLineResource } from "@/lib/runs/logs/contract";
import { type LogFilter, LogIndex } from "./log-index";
import { LogLevelChips } from "./log-level-chips";
import { levelLooks } from "./log-level-looks";
import { LogLines } from "./log-lines";
import { useLogFilter } from "./use-log-filter";
import { useRunLog } from "./use-run-log";

/** A run's log, or one step's: as long as it may be, narrowed by level and text, and followed while it grows. */
export function LogViewer({
  runId,
  node,
  isOpen,
}: {
  runId: string;
  node: string | null;
  /** More is to come, so its end is what is looked at. */
  isOpen: boolean;
}) {
  const { lines, count, isLoading, isFollowed, hasEnded, error, retry } = useRunLog(runId, node);
  const isReading = isLoading && !isFollowed;
  const { filter, setText, toggle, clear, isOn } = useLogFilter();
  const index = useMemo(() => new LogIndex(lines), [lines]);
  // `lines` grows in place, so its length is what tells that there is more to read.
  const view = useMemo(() => index.read(count, filter), [index, count, filter]);
  const failure = error && <ErrorPanel title="The log could not be read" message={error.message} onRetry={retry} />;
  if (failure && count === 0) return failure;
  return (
    <div className="@container overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-2 py-1.5 @3xl:flex-nowrap">
        <SearchField
          label="Search the log"
          value={filter.text}
          onChange={setText}
          className="min-w-32 flex-1 sm:max-w-72"
        />
        <div className="order-last w-full @3xl:order-none @3xl:w-auto">
          <LogLevelChips counts={view.counts} chosen={filter.levels} onToggle={toggle} />
        </div>
        <div className="ml-auto flex items-center gap-1">
          <span role="status" className="tabular whitespace-nowrap text-ink-faint text-xs">
            {isOn ? `${view.total.toLocaleString("en")} of ${formatCount(count, "line")}` : formatCount(count, "line")}
            {isFollowed && " · following"}
            {isReading && " · reading"}
          </span>
          <IconButton
            label="Download the log"
            size="sm"
            disabled={count === 0 || isReading}
            onClick={() => download(lines, `${runId}${node ? `-${node}` : ""}.log`)}
          >
            <Download size={14} />
          </IconButton>
        </div>
      </div>
      {failure}
      {view.total > 0 ? (
        <LogLines
          lines={lines}
          index={index}
          view={view}
          text={filter.text}
          showsNode={node === null}
          followsAtFirst={isOpen}
        />
      ) : isOn && count > 0 ? (
        <div className="flex flex-col items-center gap-3 px-4 py-10 text-center text-ink-faint text-sm">
          <p>
            {noneOf(filter)}
            {!hasEnded && " so far"}.
          </p>
          <Button size="sm" onClick={clear}>
            Show all lines
          </Button>
        </div>
      ) : (
        <p className="px-4 py-10 text-center text-ink-faint text-sm">
          {isReading ? "Reading the log …" : hasEnded ? "Nothing was logged." : "Nothing has been logged yet."}
        </p>
      )}
    </div>
  );
}

/** `No error or warning holds “rain”` */
function noneOf({ text, levels }: LogFilter): string {
  const kinds = levels.map((level) => levelLooks[level].one).join(" or ") || "line";
  return text === "" ? `No ${kinds} was logged` : `No ${kinds} holds “${text}”`;
}

function download(lines: readonly LogLineResource[], name: string): void {
  const parts = lines.map(({ at, node, attempt, stream, line }) => `${at} ${node}#${attempt} ${stream} ${line}\n`);
  const url = URL.createObjectURL(new Blob(parts, { type: "text/plain" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
