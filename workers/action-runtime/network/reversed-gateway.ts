import { chownSync, mkdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { ConnectProxy, type ProxyOptions } from "./connect-proxy";
import { maxConnections } from "./gateway";

/** Connections that wait in the sandbox to be used. */
const spareConnections = 4;

/**
 * The way out of a sandbox in which nothing may connect: the sandbox listens, and the same CONNECT proxy serves on
 * connections that are made to it from here.
 */
export class ReversedGateway {
  readonly socketPath: string;
  private readonly proxy: ConnectProxy;
  private connections = 0;
  private spares = 0;
  private isClosed = false;

  /** `folder`: where the sandbox's user, `owner`, makes the socket. */
  constructor(
    private readonly folder: string,
    owner: number | null,
    options: ProxyOptions,
  ) {
    mkdirSync(folder, { mode: 0o700 });
    if (owner !== null) chownSync(folder, owner, owner);
    this.socketPath = join(folder, "sock");
    this.proxy = new ConnectProxy(options);
  }

  /** Connects to the sandbox, which listens by now, and sees to it that some connections are there to be used. */
  connect(): void {
    while (!this.isClosed && this.spares < spareConnections && this.connections < maxConnections) this.connectSpare();
  }

  close(): void {
    this.isClosed = true;
    this.proxy.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private connectSpare(): void {
    const client = connect({ path: this.socketPath, allowHalfOpen: true });
    let isSpare = true;
    const use = () => {
      if (isSpare) this.spares--;
      isSpare = false;
    };
    this.spares++;
    this.connections++;
    client.once("data", () => {
      use();
      this.connect();
    });
    client.once("end", () => isSpare && client.destroy());
    client.once("close", (hadError) => {
      use();
      this.connections--;
      // A sandbox that is gone is not asked again.
      if (!hadError) this.connect();
    });
    this.proxy.accept(client);
  }
}
