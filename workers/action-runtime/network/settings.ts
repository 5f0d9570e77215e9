import { type NetworkAccess, parseNetworkHost } from "@/lib/actions/network";

/** A name that programs in the sandbox find in its hosts file. */
export interface Route {
  address: string;
  name: string;
}

/** How a runner comes to its gateway: by the path of its socket, or by a descriptor on which the gateway connects to it. */
export type WayOut = { path: string } | { listener: number };

/** What a runner is told of the network. */
export interface NetworkSettings {
  policy: NetworkAccess["policy"];
  hosts: { name: string; ports: number[] }[];
  routes: Route[];
  /** Where the relay listens for those who know nothing of it, as far as the sandbox lets it. */
  ports: number[];
  /** Null where connections need no gateway. */
  gateway: WayOut | null;
  /** What a refused handler is told; `{target}` is what it wanted to reach. */
  refusal: string;
}

/** The ports of what handlers mostly talk to; those that a handler might want to serve on itself are left to it. */
const usualPorts = [
  ...[21, 22, 25, 80, 110, 143, 443, 465, 587, 636, 993, 995, 1433, 1521, 1883, 3306, 5432, 5671, 5672, 6379, 6380],
  ...[8883, 9042, 9092, 9200, 27017],
];

function routesOf(access: NetworkAccess): Route[] {
  const names = access.hosts.map((host) => parseNetworkHost(host).name);
  const listed = names.filter((name) => /[a-z]/.test(name) && !name.startsWith("*") && !name.includes(":"));
  return [...new Set(listed)].map((name, index) => ({ address: `127.77.0.${index + 1}`, name }));
}

function portsOf(access: NetworkAccess): number[] {
  if (access.policy === "on") return usualPorts;
  return [...new Set(access.hosts.flatMap((host) => parseNetworkHost(host).ports))];
}

export function networkSettings(access: NetworkAccess, actionId: string, gateway: WayOut | null): NetworkSettings {
  const list = [...(access.policy === "allow-list" ? access.hosts : []), "{target}"];
  const command = `millrace action grant ${actionId} --network allow-list ${list.map((host) => `--host ${host}`).join(" ")}`;
  const hasLoopback = gateway !== null && "path" in gateway;
  const state = access.policy === "off" ? "its network is off" : "it is not on its allow-list";
  return {
    policy: access.policy,
    hosts: access.policy === "allow-list" ? access.hosts.map(parseNetworkHost) : [],
    routes: hasLoopback ? routesOf(access) : [],
    ports: hasLoopback ? portsOf(access) : [],
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
