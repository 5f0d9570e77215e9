"use client";
import { CircleCheck, CircleX, Download } from "lucide-react";
import { Button, buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Spinner } from "@/components/ui/spinner";
import { type Result, useResult } from "./use-result";

/** What came of a form: it fills in when the run has ended, and stays at this page's address. */
export function ResultView({ path, onAgain }: { path: string; onAgain: () => void }) {
  const result = useResult(path);
  return (
    <section aria-label="Result" aria-live="polite" className="flex flex-col gap-5">
      <Shown result={result} path={path} />
      {result.state !== "running" && (
        <Button className="self-start" onClick={onAgain}>
          Fill in another
        </Button>
      )}
    </section>
  );
}

function Shown({ result, path }: { result: Result; path: string }) {
  switch (result.state) {
    case "running":
      return (
        <p className="flex items-start gap-3 text-sm">
          <Spinner className="mt-0.5" />
          <span>
            It was received and is being worked on. The result appears here by itself; you may also come back to this
            page's address later.
          </span>
        </p>
      );
    case "failed":
      return (
        <p className="flex items-start gap-3 text-danger text-sm">
          <CircleX size={18} className="shrink-0" aria-hidden="true" />
          {result.message}
        </p>
      );
    case "file":
      return (
        <>
          <Done />
          <a href={path} download className={buttonClass({ look: "primary" }, "self-start")}>
            <Download size={15} aria-hidden="true" />
            Download {result.name}
          </a>
        </>
      );
    case "values":
      return (
        <>
          <Done />
          <Values values={result.values} />
        </>
      );
  }
}

function Done() {
  return (
    <p className="flex items-center gap-3 font-medium">
      <CircleCheck size={18} className="shrink-0 text-completed" aria-hidden="true" />
      Done
    </p>
  );
}

function Values({ values }: { values: Record<string, unknown> }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <dl className="divide-y divide-line rounded-lg border border-line">
      {entries.map(([key, value]) => (
        <div key={key} className="flex flex-col gap-1 px-4 py-3">
          <dt className="text-ink-faint text-xs">{key}</dt>
          <dd className="flex items-start justify-between gap-3 text-sm">
            <span className="min-w-0 whitespace-pre-wrap break-words">
              <Value name={key} value={value} />
            </span>
            {value !== null && !isFileLink(value) && <CopyButton text={textOf(value)} what={key} className="-my-1" />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A file among the results is a link to it. */
const isFileLink = (value: unknown): value is string =>
  typeof value === "string" && /^https?:\/\/[^/]+\/results\/[^/]+\/[^?]+\?.*file=/.test(value);

function Value({ name, value }: { name: string; value: unknown }) {
  if (isFileLink(value)) {
    const { pathname, search } = new URL(value);
    return (
      <a href={pathname + search} download className="text-accent underline-offset-2 hover:underline">
        Download {name}
      </a>
    );
  }
  if (value === null) return <span className="text-ink-faint">–</span>;
  return textOf(value);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
