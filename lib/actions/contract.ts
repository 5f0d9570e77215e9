import { z } from "zod";
import { actionKinds, actionVersionStates } from "@/drizzle/enums";
import { columnIntegerText, defineContract, projectParams, timestampSchema } from "@/lib/http/contract";
import { ioDefinitionSchema } from "./interface";
import { maxNetworkHosts, networkAccessSchema, networkHostSchema, networkPolicies } from "./network";

export const issueSchema = z.object({
  path: z.string(),
  message: z.string(),
  code: z.string().optional(),
  line: z.number().int().optional(),
  severity: z.enum(["error", "warning"]).optional(),
});

export const actionVersionSchema = z.object({
  /** The action's id, `spec.id` of its metadata; with `version` it names this version. */
  id: z.string(),
  version: z.string(),
  kind: z.enum(actionKinds),
  state: z.enum(actionVersionStates),
  /** sha256 over the package's files. */
  hash: z.string(),
  name: z.string(),
  description: z.string(),
  type: z.string(),
  categories: z.array(z.string()),
  source: z.string(),
  inputs: z.array(ioDefinitionSchema),
  outputs: z.array(ioDefinitionSchema),
  dynamicOutputs: z.boolean(),
  /** What its metadata says it needs of the network. */
  network: networkAccessSchema,
  /** Whether it asks for folders of the machine, which its operator grants to projects. */
  folders: z.boolean(),
  /** Ryax' addons of its metadata, by name, with their parameters; `http_service` says what a trigger serves. */
  addons: z.record(z.string(), z.record(z.string(), z.unknown())),
  warnings: z.array(issueSchema),
  error: z.string().nullable(),
  createdAt: timestampSchema,
});
export type ActionVersionResource = z.infer<typeof actionVersionSchema>;

export const pushedPackageSchema = z.object({
  /** The package's folder within what was sent; empty for its root. */
  path: z.string(),
  action: actionVersionSchema.nullable(),
  problems: z.array(issueSchema),
});
export type PushedPackage = z.infer<typeof pushedPackageSchema>;

/** What the project lets an action reach, and since when; null while nobody has said. */
export const networkGrantSchema = networkAccessSchema.extend({
  grantedAt: timestampSchema.nullable(),
});
export type NetworkGrant = z.infer<typeof networkGrantSchema>;

const actionParams = projectParams.extend({ action: z.string().max(200), version: z.string().max(200) });

export const pushActionsContract = defineContract({
  operationId: "pushActions",
  summary: "Upload a zip of one package or a folder of packages; each is checked, stored and built",
  tag: "Actions",
  method: "POST",
  path: "/api/v1/projects/{project}/actions",
  params: projectParams,
  body: { mediaType: "application/zip", maxBytes: 1024 ** 3 },
  success: { status: 200, body: z.object({ items: z.array(pushedPackageSchema) }) },
  errors: [
    "unauthorized",
    "forbidden",
    "not_found",
    "conflict",
    "payload_too_large",
    "invalid_package",
    "storage_full",
  ],
});

export const listActionsContract = defineContract({
  operationId: "listActions",
  summary: "The project's action and trigger versions, newest first",
  tag: "Actions",
  method: "GET",
  path: "/api/v1/projects/{project}/actions",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(actionVersionSchema) }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const showActionContract = defineContract({
  operationId: "showAction",
  summary: "One version of an action with its build log; `latest` is the newest one",
  tag: "Actions",
  method: "GET",
  path: "/api/v1/projects/{project}/actions/{action}/versions/{version}",
  params: actionParams,
  query: z.object({ afterLine: columnIntegerText().min(0).default(0) }),
  success: {
    status: 200,
    body: actionVersionSchema.extend({
      grant: networkGrantSchema,
      buildLog: z.array(z.object({ seq: z.number().int(), at: timestampSchema, line: z.string() })),
    }),
  },
  errors: ["unauthorized", "forbidden", "not_found", "invalid_input"],
});

export const readPackageContract = defineContract({
  operationId: "readPackage",
  summary: "The files of a version, as they were pushed, in one zip",
  tag: "Actions",
  method: "GET",
  path: "/api/v1/projects/{project}/actions/{action}/versions/{version}/package",
  params: actionParams,
  success: { status: 200, mediaType: "application/zip" },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const deleteActionContract = defineContract({
  operationId: "deleteAction",
  summary: "Delete a version that no workflow uses",
  tag: "Actions",
  method: "DELETE",
  path: "/api/v1/projects/{project}/actions/{action}/versions/{version}",
  params: actionParams,
  success: { status: 204 },
  errors: ["unauthorized", "forbidden", "not_found", "conflict"],
});

export const grantNetworkSchema = z
  .strictObject({
    policy: z.enum(networkPolicies),
    /** For `allow-list`: `api.example.com`, `*.example.com` or `db.example.com:5432`; without a port, 80 and 443. */
    hosts: z.array(networkHostSchema).max(maxNetworkHosts).default([]),
  })
  .refine(({ policy, hosts }) => policy !== "allow-list" || hosts.length > 0, {
    path: ["hosts"],
    message: "an allow-list needs at least one host",
  })
  .refine(({ policy, hosts }) => policy === "allow-list" || hosts.length === 0, {
    path: ["hosts"],
    message: "only an allow-list has hosts",
  });

export const grantNetworkContract = defineContract({
  operationId: "grantNetwork",
  summary: "Say what an action's handlers may reach of the network; holds for all its versions, from the next call on",
  tag: "Actions",
  method: "PUT",
  path: "/api/v1/projects/{project}/actions/{action}/network",
  params: actionParams.omit({ version: true }),
  body: grantNetworkSchema,
  success: { status: 200, body: networkGrantSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found"],
});
