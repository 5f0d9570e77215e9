import type { Socket } from "node:net";
import { isGranted, type NetworkAccess } from "@/lib/actions/network";
import { connectFailure } from "./connect-failure";
import { dial, join, untilConnected } from "./dial";
import { OpenSockets } from "./open-sockets";
import type { Reachable } from "./reachable";

const maxHeadBytes = 4 * 1024;
const request = /^CONNECT (\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5}) HTTP\/1\.[01]\r\n/;

/** Told of what was asked for in vain, in words for the handler's author. */
export type Refused = (reason: string) => void;

export interface ProxyOptions {
  access: NetworkAccess;
  reachable: Reachable;
  refused: Refused;
}

/** Takes a sandbox's connections further. It judges the name by what was granted, and the address by what nobody may reach. */
export class ConnectProxy {
  private readonly sockets = new OpenSockets();

  constructor(private readonly options: ProxyOptions) {}

  destroy(): void {
    this.sockets.destroy();
  }

  accept(client: Socket): void {
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
        this.options.refused(reason);
        answer(client, "502 Bad Gateway", reason);
      });
    };
    client.on("data", read);
  }

  private async connect(client: Socket, host: string, port: number): Promise<void> {
    if (!isGranted(this.options.access, host, port))
      return this.refuse(client, `The network let no connection to ${host}:${port} through: it is not granted`);
    const addresses = await this.options.reachable.addressesOf(host, port);
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
    this.options.refused(reason);
    answer(client, "403 Forbidden", reason);
  }
}

function answer(client: Socket, status: string, text: string): void {
  const body = `${text}\n`;
  client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
