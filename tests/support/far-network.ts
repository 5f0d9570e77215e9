import { execFileSync } from "node:child_process";
import { accepts } from "./accepts";
import { until } from "./wait";

/** What networks that are made for tests may have: nobody's on the internet (RFC 2544). */
export const farNetworks = "198.18.0.0/15";

const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });

/** A network namespace with one cable to this machine, for servers that are to be cut off. */
export class FarNetwork {
  private constructor(
    private readonly name: string,
    /** Where this machine reaches it. */
    readonly address: string,
  ) {}

  private static open(): FarNetwork {
    const number = process.pid % 32_768;
    const [high, low] = [18 + (number >> 14), (number << 2) & 0xffff];
    const [near, far] = [1, 2].map((host) => `198.${high}.${low >> 8}.${(low & 255) + host}`);
    const network = new FarNetwork(`millrace${process.pid}`, far as string);
    const { name, cable } = network;
    try {
      ip("netns", "add", name);
      ip("link", "add", cable, "type", "veth", "peer", "name", "far", "netns", name);
      ip("addr", "add", `${near}/30`, "dev", cable);
      ip("-n", name, "addr", "add", `${far}/30`, "dev", "far");
      for (const args of [
        ["link", "set", cable, "up"],
        ["-n", name, "link", "set", "far", "up"],
        ["-n", name, "link", "set", "lo", "up"],
      ])
        ip(...args);
      return network;
    } catch (error) {
      network.close();
      throw error;
    }
  }

  /** The network, or why this machine has none. */
  static tryOpen(): { network?: FarNetwork; reason: string } {
    try {
      return { network: FarNetwork.open(), reason: "" };
    } catch (error) {
      return { reason: `no network namespace is to be had: ${(error as Error).message}` };
    }
  }

  private get cable(): string {
    return `far${process.pid}`;
  }

  /** What is put before a command that is to run there. */
  get inside(): string[] {
    return ["ip", "netns", "exec", this.name];
  }

  /** Nothing gets through, and nobody is told. */
  cut(): void {
    ip("-n", this.name, "link", "set", "far", "down");
  }

  /** Until this port is reached again, which takes a moment where the address was looked for in vain. */
  async mend(port: number): Promise<void> {
    ip("-n", this.name, "link", "set", "far", "up");
    await until("the network is back", () => accepts(port, this.address), 20_000);
  }

  /** After its servers have ended. */
  close(): void {
    for (const args of [
      ["link", "del", this.cable],
      ["netns", "del", this.name],
    ]) {
      try {
        ip(...args);
      } catch {
        // It was never made.
      }
    }
  }
}
