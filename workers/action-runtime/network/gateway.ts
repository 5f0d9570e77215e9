import { rmSync } from "node:fs";
import { chmod, chown } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { isGranted, type NetworkAccess } from "@/lib/actions/network";
import { connectFailure } from "./connect-failure";
import { dial, join, untilConnected } from "./dial";
import { OpenSockets } from "./open-sockets";
import type { Reachable } from "./reachable";

const maxHeadBytes = 4 * 1024;
const maxConnections = 128;
const request = /^CONNECT (\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5}) HTTP\/1\.[01]\r\n/;

/** Told of what was asked for in vain, in words for the handler's author. */
export type Refused = (reason: string) => void;

export interface GatewayOptions {
  socketPath: string;
  access: NetworkAccess;
  reachable: Reachable;
  refused: Refused;
  owner: number | null;
}

/**
 * The one way out of a sandbox: a CONNECT proxy on a socket that is bound into it. It judges the name by what was
 * granted, and the address by what nobody may reach.
 */
export class Gateway {
  private readonly server: Server;
  private readonly sockets = new OpenSockets();

  private constructor(
    readonly socketPath: string,
    private readonly access: NetworkAccess,
    private readonly reachable: Reachable,
    private readonly refused: Refused,
  ) {
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.accept(socket));
    this.server.maxConnections = maxConnections;
  }

  /** `owner`: the sandbox's user, where that is another one than this process's. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const { socketPath, access, reachable, refused, owner } = options;
    const gateway = new Gateway(socketPath, access, reachable, refused);
    await new Promise<void>((resolve, reject) => {
      gateway.server.once("error", reject);
      gateway.server.listen(socketPath, resolve);
    });
    await chmod(socketPath, 0o600);
    if (owner !== null) await chown(socketPath, owner, owner);
    return gateway;
  }

  close(): void {
    this.server.close();
    this.sockets.destroy();
    rmSync(this.socketPath, { force: true });
  }

  private accept(client: Socket): void {
    this.sockets.add(client);
    let head = Buffer.alloc(0);
    const read = (data: Buffer) => {
      head = Buffer.concat([head, data]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) {
        if (head.length > maxHeadBytes) client.destroy();
        return;
      }
      client.off("data", read);
      client.pause();
      if (head.length > end + 4) client.unshift(head.subarray(end + 4));
      const [, host, port] = request.exec(head.toString("latin1")) ?? [];
      if (!host || !port) return answer(client, "400 Bad Request", "Only CONNECT is spoken here.");
      this.connect(client, host.replace(/^\[|\]$/g, ""), Number(port)).catch((error) => {
        const reason = `The network let no connection to ${host}:${port} through: ${connectFailure(error)}`;
        this.refused(reason);
        answer(client, "502 Bad Gateway", reason);
      });
    };
    client.on("data", read);
  }

  private async connect(client: Socket, host: string, port: number): Promise<void> {
    if (!isGranted(this.access, host, port))
      return this.refuse(client, `The network let no connection to ${host}:${port} through: it is not granted`);
    const addresses = await this.reachable.addressesOf(host, port);
    if (addresses.length === 0)
      return this.refuse(
        client,
        `The network let no connection to ${host}:${port} through: it is not an address on the internet`,
      );
    const upstream = dial(addresses, host, port);
    this.sockets.add(upstream);
    await untilConnected(upstream, client);
    client.write("HTTP/1.1 200 Connected\r\n\r\n");
    join(client, upstream);
  }

  private refuse(client: Socket, reason: string): void {
    this.refused(reason);
    answer(client, "403 Forbidden", reason);
  }
}

function answer(client: Socket, status: string, text: string): void {
  const body = `${text}\n`;
  client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
