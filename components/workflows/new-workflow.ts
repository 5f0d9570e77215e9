import type { ActionVersionResource } from "@/lib/actions/contract";
import type { Definition } from "@/lib/workflows/definition/schema";

/** `Summarise a text` is answered at `/summarise-a-text`. */
function pathFor(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `/${slug.slice(0, 60) || "hello"}`;
}

/** What a workflow begins with: an endpoint, named after it. Pure. */
export function firstDraft(name: string, library: ActionVersionResource[]): Definition | undefined {
  const trigger = library.find((action) => action.id === "httpapijson" && action.state === "built");
  if (!trigger) return undefined;
  return {
    schemaVersion: 1,
    nodes: [
      {
        id: "api",
        name: "",
        action: { id: trigger.id, version: trigger.version },
        inputs: { path: { static: pathFor(name) }, summary: { static: name.slice(0, 120) } },
        dynamicOutputs: [],
      },
    ],
    edges: [],
    results: { kind: "json", entries: [] },
  };
}
