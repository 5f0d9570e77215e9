"use client";
import { Download, File, Folder } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { Button, buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/components/ui/format";
import { canShow, previewKindOf } from "./preview/preview-kind";
import { type StoredValueLink, storedValueOf } from "./stored-value";

const JsonTree = dynamic(() => import("@/components/ui/json-tree").then((module) => module.JsonTree));
const TextViewer = dynamic(() => import("@/components/ui/text-viewer").then((module) => module.TextViewer));
const Preview = dynamic(() => import("./preview/preview").then((module) => module.Preview));

/** Named values of a run or step, each in the way that fits it. */
export function ValuesView({
  runId,
  values,
  empty,
}: {
  runId: string;
  values: Record<string, unknown> | null;
  empty: string;
}) {
  const entries = Object.entries(values ?? {});
  if (entries.length === 0) return <p className="text-ink-faint text-sm">{empty}</p>;
  return (
    <dl className="flex flex-col gap-4">
      {entries.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="mb-1 font-medium font-mono text-ink-soft text-xs">{name}</dt>
          <dd>
            <ValueView name={name} value={value} runId={runId} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const inlineLength = 100;
/** Longer texts are read, searched and wrapped in a viewer. */
const viewerLength = 1_000;

function ValueView({ name, value, runId }: { name: string; value: unknown; runId: string }) {
  const projectId = useProjectId();
  const link = storedValueOf(value, `/api/v1/projects/${projectId}/runs/${runId}`);
  if (link) return <StoredValueView link={link} runId={runId} />;
  if (typeof value === "object" && value !== null) return <JsonTree value={value} label={name} />;
  const text = typeof value === "string" ? value : String(value);
  if (text.length > viewerLength) return <TextViewer text={text} label={name} />;
  if (text.length > inlineLength || text.includes("\n")) return <CodeBlock code={text} what={name} />;
  return (
    <span className="flex items-center gap-1 text-sm">
      {text === "" ? <span className="text-ink-faint">empty text</span> : <span className="break-all">{text}</span>}
      <CopyButton text={text} what={name} />
    </span>
  );
}

/** What is larger is shown when it is asked for. */
const maxUnaskedImageBytes = 2 * 1024 * 1024;

function StoredValueView({ link, runId }: { link: StoredValueLink; runId: string }) {
  const kind = previewKindOf(link);
  const canPreview = kind !== null && canShow(kind, link.size);
  const [isOpen, setOpen] = useState(kind === "image" && canPreview && link.size <= maxUnaskedImageBytes);
  const Icon = link.kind === "directory" ? Folder : File;
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-2.5 text-sm">
        <Icon size={16} className="text-ink-faint" aria-hidden="true" />
        <span className="min-w-0 break-all">{link.name ?? "Large value"}</span>
        <span className="tabular text-ink-faint text-xs">{formatBytes(link.size)}</span>
        {kind && !canPreview && <span className="text-ink-faint text-xs">too large to be shown here</span>}
        <span className="ml-auto flex gap-2">
          {canPreview && (
            <Button size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? "Hide" : "Show"}
            </Button>
          )}
          <a href={link.url} download className={buttonClass({ size: "sm" })}>
            <Download size={13} aria-hidden="true" />
            Download
          </a>
        </span>
      </div>
      {isOpen && kind === "image" && (
        // biome-ignore lint/performance/noImgElement: a private file, which no optimizer may see
        <img
          src={link.url}
          alt={link.name ?? ""}
          loading="lazy"
          className="max-h-96 max-w-full self-start rounded-md"
        />
      )}
      {isOpen && kind && kind !== "image" && <Preview link={link} runId={runId} kind={kind} />}
    </div>
  );
}
