"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useProjectId } from "@/components/projects/use-project";
import { projectKey } from "@/components/query/keys";
import { formatBytes } from "@/components/ui/format";
import { JsonTree } from "@/components/ui/json-tree";
import { TextViewer } from "@/components/ui/text-viewer";
import { type Beginning, readBeginning } from "../read-beginning";
import type { StoredValueLink } from "../stored-value";
import { bytesToRead, isText, type PreviewKind, textOfJson } from "./preview-kind";

const CsvTable = dynamic(() => import("./csv-table").then((module) => module.CsvTable));
const PdfView = dynamic(() => import("./pdf-view").then((module) => module.PdfView));

export interface PreviewProps {
  link: StoredValueLink;
  runId: string;
  kind: Exclude<PreviewKind, "image">;
}

/** A stored value, shown in the page; no more of it is fetched than the page can bear. */
export function Preview(props: PreviewProps) {
  return props.kind === "pdf" ? <PdfView {...props} /> : <ReadPreview {...props} />;
}

function ReadPreview({ link, runId, kind }: PreviewProps) {
  const project = useProjectId();
  const blob = link.url.split("/").at(-1) ?? "";
  const { data, error } = useQuery({
    queryKey: projectKey(project, "runs", "value", runId, blob),
    queryFn: ({ signal }) => readBeginning({ project, run: runId, blob }, bytesToRead(kind, link.size), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <p className="text-danger text-sm">{error.message}</p>;
  if (!data) return <p className="text-ink-faint text-sm">Reading …</p>;
  if (!isText(data.text)) return <p className="text-ink-faint text-sm">It is not text. Download it to open it.</p>;
  return (
    <>
      {!data.isWhole && (
        <p className="text-ink-faint text-xs">
          The first {formatBytes(bytesToRead(kind, link.size))} of {formatBytes(link.size)}. Download it for all of it.
        </p>
      )}
      <Content data={data} kind={kind} label={link.name ?? "the value"} />
    </>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function Content({ data, kind, label }: { data: Beginning; kind: PreviewKind; label: string }) {
  if (kind === "table") return <CsvTable text={data.text} isWhole={data.isWhole} label={label} />;
  if (kind !== "json") return <TextViewer text={data.text} label={label} />;
  const value = data.isWhole ? parsed(data.text) : undefined;
  if (typeof value === "object" && value !== null) return <JsonTree value={value} label={label} />;
  return <TextViewer text={typeof value === "string" ? value : textOfJson(data.text, data.isWhole)} label={label} />;
}
