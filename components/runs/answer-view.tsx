"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useProjectId } from "@/components/projects/use-project";
import { projectKey } from "@/components/query/keys";
import { QueryError } from "@/components/query/query-error";
import { buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { formatBytes } from "@/components/ui/format";
import { readJson } from "@/components/ui/read-json";
import type { RunDetail } from "@/lib/runs/contract";
import { HttpStatus } from "./http-status";
import { type Beginning, beginningOf } from "./read-beginning";

interface Answer {
  status: number;
  type: string;
  /** Null for a file. */
  body: Beginning | null;
}

const maxBytes = 64 * 1024;

async function readAnswer(link: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(link, { signal });
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const isText = /json$|^text\//.test(type);
  if (!isText) await response.body?.cancel();
  return { status: response.status, type, body: isText ? await beginningOf(response, maxBytes) : null };
}

function indented({ text, isWhole }: Beginning): string {
  if (!isWhole) return text;
  try {
    return JSON.stringify(readJson(text), null, 2);
  } catch {
    return text;
  }
}

/** What whoever called was told, or would have been: the status and the body. */
export function AnswerView({ run, link }: { run: RunDetail; link: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: projectKey(useProjectId(), "runs", "answer", run.id),
    queryFn: ({ signal }) => readAnswer(link, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <QueryError title="The answer could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="text-ink-faint text-sm">Reading …</p>;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <HttpStatus status={data.status} />
        <span className="font-mono text-ink-soft text-xs">{data.type}</span>
        {run.http?.answered === 202 && data.status !== 202 && (
          <span className="text-ink-faint text-xs">
            It came too late for the call: the caller got 202 and this link.
          </span>
        )}
      </p>
      {data.body ? (
        <CodeBlock code={indented(data.body)} what="the answer" />
      ) : (
        <a href={link} download className={buttonClass({}, "w-fit")}>
          <Download size={14} aria-hidden="true" />
          Download the file
        </a>
      )}
      {data.body && !data.body.isWhole && (
        <p className="text-ink-faint text-xs">The first {formatBytes(maxBytes)}. Open the result link for all of it.</p>
      )}
    </div>
  );
}
