import type { Role } from "@/drizzle/enums";

/** Who is acting. The system is the worker and its housekeeping. */
export type Actor = { kind: "user"; userId: string } | { kind: "system"; name: string };
export type UserActor = Extract<Actor, { kind: "user" }>;

export interface OpenedProject {
  id: string;
  name: string;
  role: Role;
}

export interface RequestContext {
  requestId: string;
  /** The caller's network address, for rate limits. */
  address: string;
}

export interface UserContext extends RequestContext {
  actor: UserActor;
}

export interface ProjectContext {
  actor: Actor;
  project: OpenedProject;
}

export function nameActor(actor: Actor): string {
  return actor.kind === "user" ? `user:${actor.userId}` : `system:${actor.name}`;
}
