import { versionTaken } from "@/lib/actions";
import type { SourcePackage, SourceResource } from "./contract";
import type { FoundPackage } from "./found";
import { type Library, packageStatuses, statusOf } from "./status";
import type { SourceRow } from "./store";

export function presentSource(row: SourceRow, library: Library): SourceResource {
  const statuses = row.found.map((found) => statusOf(found, library));
  const countOf = (status: string) => statuses.filter((one) => one === status).length;
  return {
    id: row.id,
    url: row.url,
    branch: row.branch,
    schedule: row.schedule,
    credentials: row.credentials && { kind: row.credentials.kind, username: row.credentials.username },
    hasHook: row.hookHash !== null,
    state: row.state,
    problem: row.problem,
    commit: row.commit,
    scannedAt: row.scannedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    counts: Object.fromEntries(packageStatuses.map((status) => [status, countOf(status)])) as SourceResource["counts"],
  };
}

export function presentPackage(found: FoundPackage, library: Library): SourcePackage {
  const { path, identity, problems } = found;
  const status = statusOf(found, library);
  const taken = status === "taken" && identity ? [versionTaken(identity.id, identity.version)] : [];
  return { path, action: identity, status, problems: [...problems, ...taken] };
}
