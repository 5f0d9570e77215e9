import type { Gateways } from "./gateways";
import type { ServiceDoor } from "./service-door";

/** Where a process that serves HTTP does so, as its package or its workflow says. */
export interface ServiceSpec {
  /** Null where the process is told one. */
  port: number | null;
  /** The path below the project's URL, without a slash at its end. */
  prefix: string;
}

/** What a runner is told of it. */
export interface ServiceSettings {
  port: number;
  prefix: string;
  /** The socket on which it keeps connections to spare. */
  path: string;
}

/** Ryax's own, which older triggers read from their environment. */
export const usualPort = 5002;
export const doorInside = "/run/service.sock";

/** How callers come to one process. */
export interface SandboxService {
  settings: ServiceSettings;
  door: ServiceDoor;
}

/**
 * Opens the way to a process, where that serves anything.
 * @param place the port of one that has none of its own, and the door's place where it is bound into a sandbox
 */
export async function openService(
  gateways: Gateways,
  spec: ServiceSpec | undefined,
  owner: number | null,
  place: { port: () => number | Promise<number>; inside?: string },
): Promise<SandboxService | null> {
  if (!spec) return null;
  const port = spec.port ?? (await place.port());
  const door = await gateways.door(owner);
  return { door, settings: { prefix: spec.prefix, port, path: place.inside ?? door.inside } };
}
