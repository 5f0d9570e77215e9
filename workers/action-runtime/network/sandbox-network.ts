import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NetworkAccess } from "@/lib/actions/network";
import type { Gateway } from "./gateway";
import type { Gateways } from "./gateways";
import type { ReversedGateway } from "./reversed-gateway";
import { hostsFile, type NetworkSettings, networkSettings } from "./settings";

const socketInside = "/run/network.sock";
/** The descriptor on which a confined process is connected to. */
const listenerInside = 4;

export interface SandboxNetworkOptions {
  access: NetworkAccess;
  actionId: string;
  /** The sandbox's user, where that is another one than this process's. */
  owner: number | null;
}

/** What one sandbox has of the network: at L2 and above nothing but its gateway. */
export class SandboxNetwork {
  /** Set while a call is under way. */
  onRefused: (reason: string) => void = () => {};

  private constructor(
    readonly settings: NetworkSettings,
    private gateway: Gateway | null = null,
    private hostsPath: string | null = null,
    private reversed: ReversedGateway | null = null,
  ) {}

  /** For a sandbox that the gateway's socket can be bound into. */
  static async open(
    gateways: Gateways,
    { access, actionId, owner, processDir }: SandboxNetworkOptions & { processDir: string },
  ): Promise<SandboxNetwork> {
    const isOff = access.policy === "off";
    const network = new SandboxNetwork(networkSettings(access, actionId, isOff ? null : { path: socketInside }));
    if (isOff) return network;
    network.hostsPath = join(processDir, "hosts");
    writeFileSync(network.hostsPath, hostsFile(network.settings.routes), { mode: 0o644 });
    network.gateway = await gateways.open(access, owner, (reason) => network.onRefused(reason));
    return network;
  }

  /** For a process that may make no socket: it listens on one that it was started with. */
  static reverse(gateways: Gateways, { access, actionId, owner }: SandboxNetworkOptions): SandboxNetwork {
    const isOff = access.policy === "off";
    const network = new SandboxNetwork(networkSettings(access, actionId, isOff ? null : { listener: listenerInside }));
    if (!isOff) network.reversed = gateways.reverse(access, owner, (reason) => network.onRefused(reason));
    return network;
  }

  /** Where nothing keeps a process off the network, its own runner still tells it what was not granted. */
  static unconfined(access: NetworkAccess, actionId: string): SandboxNetwork {
    return new SandboxNetwork(networkSettings(access, actionId, null));
  }

  get isOpen(): boolean {
    return this.gateway !== null;
  }

  /** What to bind into the sandbox: by its path there, the path here. */
  binds(): [inside: string, outside: string][] {
    if (!this.gateway || !this.hostsPath) return [];
    return [
      [socketInside, this.gateway.socketPath],
      ["/etc/hosts", this.hostsPath],
    ];
  }

  /** Where a process shall listen before it is confined. */
  get listenerPath(): string | null {
    return this.reversed?.socketPath ?? null;
  }

  /** To be called once it listens. */
  connect(): void {
    this.reversed?.connect();
  }

  close(): void {
    this.gateway?.close();
    this.reversed?.close();
  }
}
