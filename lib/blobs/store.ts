import { sql } from "drizzle-orm";
import { batchInProjects } from "@/lib/db";
import type { StoredBlob } from "./blob-store";

/** What all blobs of a project take. */
export async function sumBlobs(projectId: string): Promise<number> {
  const [rows] = await batchInProjects(
    [projectId],
    [sql`select coalesce(sum(size), 0) as bytes from blobs where project_id = ${projectId}`],
  );
  return Number(rows?.[0]?.bytes ?? 0);
}

/** False where there is no such blob. Waits where it is being collected just now. */
export async function touchBlob(projectId: string, sha256: string): Promise<boolean> {
  const [rows] = await batchInProjects(
    [projectId],
    [
      sql`
      update blobs set stored_at = now(), unused_since = null
      where project_id = ${projectId} and sha256 = ${sha256} returning sha256
    `,
    ],
  );
  return (rows ?? []).length > 0;
}

/** Waits where the same blob is being collected just now, and has it as new afterwards. */
export async function claimBlob(projectId: string, { sha256, size }: StoredBlob, kind: string): Promise<void> {
  await batchInProjects(
    [projectId],
    [
      sql`
      insert into blobs (project_id, sha256, size, kind) values (${projectId}, ${sha256}, ${size}, ${kind})
      on conflict (project_id, sha256) do update set stored_at = now(), unused_since = null
    `,
    ],
  );
}
