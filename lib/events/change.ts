/** What a stream tells of a project. Pure, and without the schemas' library: every page listens. */

/** What of a project has changed, by the part of it that a screen shows. */
export const changeTopics = [
  "project",
  "workflows",
  "library",
  "variables",
  "keys",
  "members",
  "runs",
  "events",
  "usage",
] as const;
export type ChangeTopic = (typeof changeTopics)[number];

export interface ProjectChange {
  topics: ChangeTopic[];
  /** The runs that moved; null when there were more than are worth naming. */
  runs: string[] | null;
}

/**
 * The stream's events: `change` carries a `ProjectChange`; `missed` says that changes may have gone untold, so that
 * everything shown is to be read again; `closed` says that the reader is no longer a member or has signed out.
 */
export type StreamEvent = "change" | "missed" | "closed";

/** A stream that is silent for longer than this is dead: a comment is sent more often. */
export const silenceLimitMs = 45_000;

const isTopic = (value: unknown): value is ChangeTopic => changeTopics.some((topic) => topic === value);
const isText = (value: unknown): value is string => typeof value === "string";

export function isProjectChange(value: unknown): value is ProjectChange {
  if (typeof value !== "object" || value === null || !("topics" in value) || !("runs" in value)) return false;
  const { topics, runs } = value;
  const hasTopics = Array.isArray(topics) && topics.every(isTopic);
  return hasTopics && (runs === null || (Array.isArray(runs) && runs.every(isText)));
}
