"use client";
import { ArrowUpRight } from "lucide-react";
import dynamic from "next/dynamic";
import { ProjectMark } from "@/components/shell/project-mark";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";

const SwaggerPanel = dynamic(() => import("./swagger-panel").then(({ SwaggerPanel }) => SwaggerPanel), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

interface ApiDocsProps {
  /** The project's, as its name. */
  id: string;
  name: string;
  /** The project URL. */
  url: string;
  documentPath: string;
  needsKey: boolean;
  isEmpty: boolean;
}

/** A project's API for those who call it, with or without an account. */
export function ApiDocsPage({ id, name, url, documentPath, needsKey, isEmpty }: ApiDocsProps) {
  return (
    <div className="min-h-dvh">
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex max-w-5xl flex-col gap-3 px-4 py-6 sm:px-8">
          <div className="flex items-center gap-3">
            <ProjectMark name={name} id={id} isLarge />
            <h1 className="font-semibold text-2xl">{name} API</h1>
          </div>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
            <span className="flex min-w-0 items-center gap-0.5">
              <code className="truncate font-mono text-ink-soft">{url}</code>
              <CopyButton text={url} what="the project URL" />
            </span>
            <a
              href={documentPath}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 rounded-sm font-medium text-accent underline-offset-2 hover:underline"
            >
              OpenAPI document
              <ArrowUpRight size={13} aria-hidden="true" />
            </a>
          </div>
          <p className="max-w-2xl text-ink-soft">
            {needsKey
              ? "Calls need an API key of this project: enter yours under Authorize to try them here. It stays in this page and is forgotten when you leave."
              : "Calls need no API key."}
          </p>
        </div>
      </header>
      {/* swagger-ui brings the page's main part along. */}
      <div role={isEmpty ? "main" : undefined} className="mx-auto max-w-5xl px-4 py-6 sm:px-8">
        {isEmpty ? (
          <EmptyState title="No endpoint is live yet">
            An endpoint shows up here the moment that a workflow with an HTTP API trigger is deployed.
          </EmptyState>
        ) : (
          <SwaggerPanel documentPath={documentPath} />
        )}
      </div>
    </div>
  );
}
