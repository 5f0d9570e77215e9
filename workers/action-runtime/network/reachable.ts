import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** Addresses that are nobody's on the internet, or this machine's own. */
const privateRanges: [network: string, prefix: number, family: "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.88.99.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 127, "ipv6"],
  // Each of these carries an IPv4 address that may be any of the above.
  ["::ffff:0:0", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["2001::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

function listOf(ranges: typeof privateRanges): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of ranges) list.addSubnet(network, prefix, family);
  return list;
}

/** `10.1.0.0/16,192.168.1.7` @throws Error for what is no address or range */
export function parseRanges(text: string): BlockList {
  return listOf(
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean)
      .map((entry) => {
        const [network = "", prefix] = entry.split("/");
        if (isIP(network) === 0) throw new Error(`MILLRACE_PRIVATE_NETWORKS: “${entry}” is no address or range.`);
        const family = familyOf(network);
        return [network, prefix === undefined ? (family === "ipv6" ? 128 : 32) : Number(prefix), family];
      }),
  );
}

export interface Endpoint {
  host: string;
  port: number;
}

const privateOnes = listOf(privateRanges);

/** Which addresses handlers may be let through to at all, whatever is granted. */
export class Reachable {
  private readonly opened: BlockList;

  /** `opened`: private networks that the operator lets granted actions into. `guarded`: the platform's own services. */
  constructor(
    opened: string,
    private readonly guarded: Endpoint[],
  ) {
    this.opened = parseRanges(opened);
  }

  /** The addresses of a host that may be connected to, found once so that a name cannot come to mean another. */
  async addressesOf(host: string, port: number): Promise<{ address: string; family: number }[]> {
    const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true });
    const guarded = await this.guardedAddresses(port);
    return found.filter(({ address }) => this.isOpen(address) && !guarded.has(address));
  }

  private isOpen(address: string): boolean {
    const family = familyOf(address);
    if (this.opened.check(address, family)) return true;
    if (privateOnes.check(address, family)) return false;
    return !Object.values(networkInterfaces()).some((own) => own?.some((entry) => entry.address === address));
  }

  private async guardedAddresses(port: number): Promise<Set<string>> {
    const hosts = this.guarded.filter((endpoint) => endpoint.port === port).map(({ host }) => host);
    const found = await Promise.all(hosts.map((host) => lookup(host, { all: true }).catch(() => [])));
    return new Set(found.flat().map(({ address }) => address));
  }
}

function endpointsOf(text: string): Endpoint[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((entry) => {
      const at = entry.lastIndexOf(":");
      return { host: entry.slice(0, at).replace(/^\[|\]$/g, ""), port: Number(entry.slice(at + 1)) };
    });
}

/** What the operator and the launcher have said of this machine's network. */
export function reachableByEnvironment(): Reachable {
  const { MILLRACE_PRIVATE_NETWORKS: opened = "", MILLRACE_GUARDED_ENDPOINTS: guarded = "" } = process.env;
  return new Reachable(opened, endpointsOf(guarded));
}
