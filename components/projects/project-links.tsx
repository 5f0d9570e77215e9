"use client";
import { ArrowUpRight, BookOpen } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { useProject } from "./use-project";

const linkClass =
  "inline-flex items-center gap-1 rounded-sm font-medium text-accent text-sm underline-offset-2 hover:underline";

/** Where callers are sent: the project's own API description and its URL. */
export function ProjectLinks() {
  const { url, openapiUrl, docsUrl } = useProject();
  const links = [
    { label: "OpenAPI", href: openapiUrl },
    { label: "Project URL", href: url },
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {links.map(({ label, href }) => (
        <span key={label} className="flex items-center gap-0.5">
          <a href={href} target="_blank" rel="noreferrer" className={linkClass}>
            {label}
            <ArrowUpRight size={13} aria-hidden="true" />
          </a>
          <CopyButton text={href} what={label === "OpenAPI" ? "the OpenAPI address" : "the project URL"} />
        </span>
      ))}
      <a href={docsUrl} target="_blank" rel="noreferrer" className={linkClass}>
        <BookOpen size={13} aria-hidden="true" />
        API docs
      </a>
    </div>
  );
}
