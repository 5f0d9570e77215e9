import { z } from "zod";

/** What an action may reach: what its package wants, and what the project grants. Pure. */

export const networkPolicies = ["off", "allow-list", "on"] as const;
export type NetworkPolicy = (typeof networkPolicies)[number];

const label = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
const hostForm = new RegExp(
  `^((\\*\\.)?${label}(\\.${label})*|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\])(:[1-9]\\d{0,4})?$`,
);

/** `api.example.com`, `*.example.com`, `db.example.com:5432`, `[2001:db8::1]:443`. */
export const networkHostSchema = z
  .string()
  .max(260)
  .transform((host) => host.toLowerCase())
  .refine(
    (host) => hostForm.test(host) && portOf(host) <= 65_535,
    "must be a host such as api.example.com or *.example.com:8443",
  );

export const maxNetworkHosts = 100;

export const networkAccessSchema = z.object({
  policy: z.enum(networkPolicies),
  /** For `allow-list`; without a port, 80 and 443 are meant. */
  hosts: z.array(z.string()),
});
export type NetworkAccess = z.infer<typeof networkAccessSchema>;

export const noNetwork: NetworkAccess = { policy: "off", hosts: [] };

const webPorts = [80, 443];

function portOf(host: string): number {
  return Number(/:(\d+)$/.exec(host)?.[1] ?? 0);
}

/** A granted host's name and ports. */
export function parseNetworkHost(host: string): { name: string; ports: number[] } {
  const port = host.endsWith("]") ? 0 : portOf(host);
  const name = (port ? host.slice(0, host.lastIndexOf(":")) : host).replace(/^\[|\]$/g, "");
  return { name, ports: port ? [port] : webPorts };
}

/** Whether the policy lets an action reach a host by name; what the name stands for is judged elsewhere. */
export function isGranted({ policy, hosts }: NetworkAccess, name: string, port: number): boolean {
  if (policy !== "allow-list") return policy === "on";
  const wanted = name.toLowerCase().replace(/\.$/, "");
  return hosts.map(parseNetworkHost).some((granted) => {
    if (!granted.ports.includes(port)) return false;
    return granted.name.startsWith("*.") ? wanted.endsWith(granted.name.slice(1)) : wanted === granted.name;
  });
}
