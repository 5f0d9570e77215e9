import { z } from "zod";
import { defineContract, projectParams } from "@/lib/http/contract";

/** What of a project has changed, by the part of it that a screen shows. */
export const changeTopics = ["project", "workflows", "library", "variables", "keys", "runs"] as const;
export type ChangeTopic = (typeof changeTopics)[number];

export const projectChangeSchema = z.object({
  topics: z.array(z.enum(changeTopics)),
  /** The runs that moved; null when there were more than are worth naming. */
  runs: z.array(z.string()).nullable(),
});
export type ProjectChange = z.infer<typeof projectChangeSchema>;

/**
 * The stream's events: `change` carries a `ProjectChange`; `missed` says that changes may have gone untold, so that
 * everything shown is to be read again; `closed` says that the reader is no longer a member or has signed out.
 */
export const eventNames = ["change", "missed", "closed"] as const;

/** A stream that is silent for longer than this is dead: a comment is sent more often. */
export const silenceLimitMs = 45_000;

export const watchProjectContract = defineContract({
  operationId: "watchProject",
  summary: "What changes in the project, as server-sent events",
  tag: "Projects",
  method: "GET",
  path: "/api/v1/projects/{project}/events",
  params: projectParams,
  success: { status: 200, mediaType: "text/event-stream" },
  errors: ["unauthorized", "not_found", "unavailable"],
});
