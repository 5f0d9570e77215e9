import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NetworkAccess } from "@/lib/actions/network";
import type { Gateway } from "./gateway";
import type { Gateways } from "./gateways";
import { hostsFile, type NetworkSettings, networkSettings } from "./settings";

const socketInside = "/run/network.sock";

export interface SandboxNetworkOptions {
  access: NetworkAccess;
  actionId: string;
  processDir: string;
  /** The sandbox's user, where that is another one than this process's. */
  owner: number | null;
}

/** What one sandbox has of the network: at the levels that have namespaces nothing but its gateway. */
export class SandboxNetwork {
  /** Set while a call is under way. */
  onRefused: (reason: string) => void = () => {};

  private constructor(
    readonly settings: NetworkSettings,
    private readonly gateway: Gateway | null,
    private readonly hostsPath: string,
  ) {}

  static async open(gateways: Gateways, options: SandboxNetworkOptions): Promise<SandboxNetwork> {
    const { access, actionId, processDir, owner } = options;
    const hostsPath = join(processDir, "hosts");
    const settings = networkSettings(access, actionId, access.policy === "off" ? null : socketInside);
    if (access.policy === "off") return new SandboxNetwork(settings, null, hostsPath);
    writeFileSync(hostsPath, hostsFile(settings.routes), { mode: 0o644 });
    const gateway = await gateways.open(access, owner, (reason) => network.onRefused(reason));
    const network: SandboxNetwork = new SandboxNetwork(settings, gateway, hostsPath);
    return network;
  }

  /** Where nothing keeps a process off the network, its own runner still tells it what was not granted. */
  static unconfined(access: NetworkAccess, actionId: string): SandboxNetwork {
    return new SandboxNetwork(networkSettings(access, actionId, null), null, "");
  }

  get isOpen(): boolean {
    return this.gateway !== null;
  }

  /** What to bind into the sandbox: by its path there, the path here. */
  binds(): [inside: string, outside: string][] {
    if (!this.gateway) return [];
    return [
      [socketInside, this.gateway.socketPath],
      ["/etc/hosts", this.hostsPath],
    ];
  }

  close(): void {
    this.gateway?.close();
  }
}
