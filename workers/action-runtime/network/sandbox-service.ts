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

export async function openService(
  gateways: Gateways,
  spec: ServiceSpec | undefined,
  owner: number | null,
  place: { port: number; inside?: string },
): Promise<SandboxService | null> {
  if (!spec) return null;
  const door = await gateways.door(owner);
  const { prefix } = spec;
  return { door, settings: { prefix, port: spec.port ?? place.port, path: place.inside ?? door.inside } };
}
