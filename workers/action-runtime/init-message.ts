import type { Launched } from "./launch";
import type { InitMessage } from "./protocol";

/** What is the package's own; the rest is how its process was started. */
export type HandlerInit = Omit<InitMessage, "type" | "protocol" | "paths" | "others" | "network" | "service">;

export function initMessage({ paths, others, network, service }: Launched, init: HandlerInit): InitMessage {
  const own = { paths, others, network: network.settings, ...(service && { service: service.settings }) };
  return { type: "init", protocol: 1, ...init, ...own };
}
