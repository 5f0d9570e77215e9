import { type NetworkAccess, parseNetworkHost } from "@/lib/actions/network";

/** A name that programs in the sandbox find in its hosts file, and the ports that a relay listens on for it. */
export interface Route {
  address: string;
  name: string;
  ports: number[];
}

/** What a runner is told of the network. */
export interface NetworkSettings {
  policy: NetworkAccess["policy"];
  hosts: { name: string; ports: number[] }[];
  routes: Route[];
  /** The gateway's socket as the sandbox sees it; null where connections need none. */
  gateway: string | null;
  /** What a refused handler is told; `{target}` is what it wanted to reach. */
  refusal: string;
}

/** Below it a port takes rights that no sandbox has. */
const firstFreePort = 1024;

function routesOf(access: NetworkAccess): Route[] {
  if (access.policy !== "allow-list") return [];
  const portsOf = new Map<string, Set<number>>();
  for (const { name, ports } of access.hosts.map(parseNetworkHost)) {
    const free = ports.filter((port) => port >= firstFreePort);
    if (free.length === 0 || !/[a-z]/.test(name) || name.startsWith("*") || name.includes(":")) continue;
    portsOf.set(name, new Set([...(portsOf.get(name) ?? []), ...free]));
  }
  return [...portsOf].map(([name, ports], index) => ({ address: `127.77.0.${index + 1}`, name, ports: [...ports] }));
}

export function networkSettings(access: NetworkAccess, actionId: string, gateway: string | null): NetworkSettings {
  const list = [...(access.policy === "allow-list" ? access.hosts : []), "{target}"];
  const command = `millrace action grant ${actionId} --network allow-list ${list.map((host) => `--host ${host}`).join(" ")}`;
  const state = access.policy === "off" ? "its network is off" : "it is not on its allow-list";
  return {
    policy: access.policy,
    hosts: access.policy === "allow-list" ? access.hosts.map(parseNetworkHost) : [],
    routes: gateway === null ? [] : routesOf(access),
    gateway,
    refusal: `The action ${actionId} may not reach {target}: ${state}. To grant it: ${command} (or on the action's page in the library)`,
  };
}

/** The sandbox's hosts file. */
export function hostsFile(routes: Route[]): string {
  return ["127.0.0.1 localhost", "::1 localhost", ...routes.map(({ address, name }) => `${address} ${name}`), ""].join(
    "\n",
  );
}
