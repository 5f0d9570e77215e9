import { rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { ConnectProxy, type ProxyOptions } from "./connect-proxy";
import { listenAt } from "./listen-at";

export const maxConnections = 128;

export interface GatewayOptions extends ProxyOptions {
  socketPath: string;
  owner: number | null;
}

/** The one way out of a sandbox: a CONNECT proxy on a socket that is bound into it. */
export class Gateway {
  private readonly server: Server;
  private readonly proxy: ConnectProxy;

  private constructor(
    readonly socketPath: string,
    options: ProxyOptions,
  ) {
    this.proxy = new ConnectProxy(options);
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.proxy.accept(socket));
    this.server.maxConnections = maxConnections;
  }

  /** `owner`: the sandbox's user, where that is another one than this process's. */
  static async open({ socketPath, owner, ...options }: GatewayOptions): Promise<Gateway> {
    const gateway = new Gateway(socketPath, options);
    await listenAt(gateway.server, socketPath, owner);
    return gateway;
  }

  close(): void {
    this.server.close();
    this.proxy.destroy();
    rmSync(this.socketPath, { force: true });
  }
}
