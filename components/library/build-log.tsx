"use client";
import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";

const nearPixels = 40;

/** What building a version has said, followed while it goes on. */
export function BuildLog({ lines, isGrowing }: { lines: { seq: number; line: string }[]; isGrowing: boolean }) {
  const view = useRef<HTMLPreElement>(null);
  const wasAtEnd = useRef(true);
  const last = lines.at(-1)?.seq;
  useEffect(() => {
    if (last !== undefined && isGrowing && wasAtEnd.current) view.current?.scrollTo({ top: view.current.scrollHeight });
  }, [last, isGrowing]);
  if (lines.length === 0) {
    return (
      <p className="p-5 text-ink-faint text-sm">{isGrowing ? "The build has not begun yet." : "There is no log."}</p>
    );
  }
  return (
    <div className="relative">
      <pre
        ref={view}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          wasAtEnd.current = scrollHeight - scrollTop - clientHeight < nearPixels;
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
        tabIndex={0}
        aria-label="Build log"
        role="log"
        className="max-h-96 overflow-auto rounded-b-lg bg-sunken px-5 py-4 font-mono text-xs leading-5"
      >
        {lines.map((line) => `${line.line}\n`)}
      </pre>
      <div className="absolute top-2 right-3">
        <CopyButton text={lines.map((line) => line.line).join("\n")} what="the build log" />
      </div>
    </div>
  );
}
