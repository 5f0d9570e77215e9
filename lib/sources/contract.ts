import { z } from "zod";
import { sourceSchedules, sourceStates } from "@/drizzle/enums";
import { issueSchema, pushedPackageSchema } from "@/lib/actions/contract";
import { columnText, defineContract, projectParams, timestampSchema } from "@/lib/http/contract";
import { commitSchema } from "./found";
import { parseGitUrl } from "./git-url";
import { privateKeyProblem } from "./private-key";
import { packageStatuses } from "./status";

const urlSchema = columnText()
  .trim()
  .max(1_000)
  .check((ctx) => {
    const parsed = parseGitUrl(ctx.value);
    if (!parsed.ok) ctx.issues.push({ code: "custom", message: parsed.problem, input: ctx.value });
  });

/** What `git check-ref-format` takes, and nothing that a program could read as an option. */
const branchSchema = columnText()
  .trim()
  .min(1, "Give a branch, or leave it out for the default one.")
  .max(250)
  .regex(
    /^(?![-/.])(?!.*(\.\.|\/\/|@\{|\/\.|\.lock(\/|$)))[^\p{Cc}\s~^:?*[\\]+(?<![/.])$/u,
    "This is no branch's name.",
  );

/** A line of git's credential protocol. */
const lineOf = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u, "It must be one line.");

const credentialsInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("password"), username: lineOf(200), password: lineOf(4_000) }),
  z.strictObject({
    kind: z.literal("deploy_key"),
    privateKey: z
      .string()
      .max(20_000)
      .check((ctx) => {
        const message = privateKeyProblem(ctx.value);
        if (message) ctx.issues.push({ code: "custom", message, input: ctx.value });
      }),
  }),
]);

export const addSourceSchema = z.strictObject({
  /** `https://…`, `ssh://…` or `git@host:path`. */
  url: urlSchema,
  /** Null, or left out, for the repository's default one. */
  branch: branchSchema.nullable().optional(),
  schedule: z.enum(sourceSchedules).default("manual"),
  /** A user name with a password or token for https, a deploy key for ssh. Written and never read back. */
  credentials: credentialsInputSchema.nullable().optional(),
});

export const updateSourceSchema = z.strictObject({
  branch: branchSchema.nullable().optional(),
  schedule: z.enum(sourceSchedules).optional(),
  /** Null takes them away. The host key of an SSH server is forgotten with them. */
  credentials: credentialsInputSchema.nullable().optional(),
});

export const sourceSchema = z.object({
  id: z.string(),
  url: z.string(),
  branch: z.string().nullable(),
  schedule: z.enum(sourceSchedules),
  credentials: z.object({ kind: z.enum(["password", "deploy_key"]), username: z.string().nullable() }).nullable(),
  /** Whether there is a link that has it scanned. */
  hasHook: z.boolean(),
  state: z.enum(sourceStates),
  /** Why the last scan could not be done. */
  problem: z.string().nullable(),
  /** The commit that was scanned last. */
  commit: commitSchema.nullable(),
  scannedAt: timestampSchema.nullable(),
  createdAt: timestampSchema,
  /** How many of the packages in that commit are in which status. */
  counts: z.record(z.enum(packageStatuses), z.number().int()),
});
export type SourceResource = z.infer<typeof sourceSchema>;

export const sourcePackageSchema = z.object({
  /** Its folder in the repository; empty for the root. */
  path: z.string(),
  /** The action's id, version, name and kind; null where the metadata cannot be read. */
  action: z.object({ id: z.string(), version: z.string(), name: z.string(), kind: z.string() }).nullable(),
  status: z.enum(packageStatuses),
  problems: z.array(issueSchema),
});
export type SourcePackage = z.infer<typeof sourcePackageSchema>;

export const sourceDetailSchema = sourceSchema.extend({ packages: z.array(sourcePackageSchema) });

const sourceParams = projectParams.extend({ source: z.string().max(40) });
const oneSource = "/api/v1/projects/{project}/sources/{source}";

export const listSourcesContract = defineContract({
  operationId: "listSources",
  summary: "The git repositories that the project takes packages from",
  tag: "Library sources",
  method: "GET",
  path: "/api/v1/projects/{project}/sources",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(sourceSchema) }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const addSourceContract = defineContract({
  operationId: "addSource",
  summary: "Add a git repository and have it scanned; nothing is imported by itself",
  tag: "Library sources",
  method: "POST",
  path: "/api/v1/projects/{project}/sources",
  params: projectParams,
  body: addSourceSchema,
  success: { status: 201, body: sourceSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "conflict"],
});

export const showSourceContract = defineContract({
  operationId: "showSource",
  summary: "A repository with the packages that its last scan found, each against what the library has now",
  tag: "Library sources",
  method: "GET",
  path: oneSource,
  params: sourceParams,
  success: { status: 200, body: sourceDetailSchema },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const updateSourceContract = defineContract({
  operationId: "updateSource",
  summary: "Change a repository's branch, schedule or credentials; it is scanned again",
  tag: "Library sources",
  method: "PATCH",
  path: oneSource,
  params: sourceParams,
  body: updateSourceSchema,
  success: { status: 200, body: sourceSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "conflict"],
});

export const removeSourceContract = defineContract({
  operationId: "removeSource",
  summary: "Remove a repository; what was imported from it stays",
  tag: "Library sources",
  method: "DELETE",
  path: oneSource,
  params: sourceParams,
  success: { status: 204 },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const scanSourceContract = defineContract({
  operationId: "scanSource",
  summary: "Have a repository scanned; its state tells when that is done",
  tag: "Library sources",
  method: "POST",
  path: `${oneSource}/scan`,
  params: sourceParams,
  success: { status: 202, body: sourceSchema },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const importFromSourceSchema = z
  .strictObject({
    /** The folders of the packages. */
    paths: z.array(z.string().max(4_096)).min(1).max(1_000).optional(),
    /** Instead of naming them: all that are new or changed. */
    all: z.literal(true).optional(),
  })
  .refine(({ paths, all }) => (paths === undefined) !== (all === undefined), {
    path: ["paths"],
    message: "name the packages' folders, or say all",
  });

export const importFromSourceContract = defineContract({
  operationId: "importFromSource",
  summary: "Import packages as the last scan found them: those that are named, or all that are new or changed",
  tag: "Library sources",
  method: "POST",
  path: `${oneSource}/import`,
  params: sourceParams,
  body: importFromSourceSchema,
  success: { status: 200, body: z.object({ items: z.array(pushedPackageSchema) }) },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "storage_full"],
});

export const createSourceHookContract = defineContract({
  operationId: "createSourceHook",
  summary: "Make a link for the repository's webhooks, that has it scanned; shown once, in place of an earlier one",
  tag: "Library sources",
  method: "POST",
  path: `${oneSource}/hook`,
  params: sourceParams,
  success: { status: 201, body: z.object({ url: z.url() }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const callSourceHookContract = defineContract({
  operationId: "callSourceHook",
  summary: "What a repository's webhook calls on a push, whatever it sends",
  tag: "Library sources",
  method: "POST",
  path: "/api/v1/source-hooks/{token}",
  access: "public",
  params: z.object({ token: z.string().min(1).max(100) }),
  success: { status: 202 },
  errors: ["not_found"],
});
