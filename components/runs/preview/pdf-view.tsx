"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { projectKey } from "@/components/query/keys";
import { readPdf } from "../read-beginning";
import type { StoredValueLink } from "../stored-value";

/** A PDF in the browser's own viewer. */
export function PdfView({ link, runId }: { link: StoredValueLink; runId: string }) {
  const project = useProjectId();
  const blob = link.url.split("/").at(-1) ?? "";
  const { data, error } = useQuery({
    queryKey: projectKey(project, "runs", "pdf", runId, blob),
    queryFn: ({ signal }) => readPdf({ project, run: runId, blob }, signal),
    enabled: navigator.pdfViewerEnabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  if (!navigator.pdfViewerEnabled)
    return <p className="text-ink-faint text-sm">This browser shows no PDFs in a page. Download it to open it.</p>;
  if (error) return <p className="text-danger text-sm">{error.message}</p>;
  if (!url) return <p className="text-ink-faint text-sm">Reading …</p>;
  return (
    <iframe
      src={url}
      title={link.name ?? "The PDF"}
      className="h-[36rem] w-full rounded-lg border border-line bg-sunken"
    />
  );
}
