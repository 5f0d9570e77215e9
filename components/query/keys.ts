import type { ChangeTopic } from "@/lib/events/change";

/**
 * Every key of a project starts with it and with the part of it that is shown, which is what the live stream names:
 * whoever follows this is refreshed without being known.
 */
export function projectKey<const Rest extends readonly unknown[]>(
  projectId: string,
  topic: ChangeTopic,
  ...rest: Rest
) {
  return ["project", projectId, topic, ...rest] as const;
}

export function allOfProject(projectId: string) {
  return ["project", projectId] as const;
}
