import { z } from "zod";
import { issueSchema } from "@/lib/actions/contract";

/** What a scan found, as the row holds it. Pure. */

export const foundPackageSchema = z.object({
  /** The package's folder in the repository; empty for its root. */
  path: z.string(),
  /** Null where the metadata cannot be read. */
  identity: z.object({ id: z.string(), version: z.string(), name: z.string(), kind: z.string() }).nullable(),
  hash: z.string(),
  /** The package as a zip, by its blob's digest; null for one that cannot be imported. */
  blob: z.string().nullable(),
  size: z.number(),
  problems: z.array(issueSchema),
});
export type FoundPackage = z.infer<typeof foundPackageSchema>;

export const commitSchema = z.object({
  id: z.string(),
  /** Null where the server does not tell which is its default one. */
  branch: z.string().nullable(),
  subject: z.string(),
  at: z.iso.datetime(),
});
export type Commit = z.infer<typeof commitSchema>;
