import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { messageOf } from "@/lib/errors";
import { dial, join, untilConnected } from "../action-runtime/network/dial";
import { OpenSockets } from "../action-runtime/network/open-sockets";
import type { Reachable } from "../action-runtime/network/reachable";

/** RFC 1928. */
const version = 5;
const replies = { granted: 0, refused: 2, unreachable: 4, unsupported: 7 } as const;
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const;
const maxHeadBytes = 512;

interface Wanted {
  host: string;
  port: number;
  /** Bytes of the request. */
  length: number;
}

/** Undefined until it is there in whole, null for what is no request to connect. */
function readRequest(head: Buffer): Wanted | null | undefined {
  if (head.length < 7) return undefined;
  const [spoken, command, , type, first = 0] = head;
  if (spoken !== version || command !== 1) return null;
  const size =
    type === addressTypes.ipv4 ? 4 : type === addressTypes.ipv6 ? 16 : type === addressTypes.name ? first : 0;
  if (size === 0) return null;
  const at = type === addressTypes.name ? 5 : 4;
  if (head.length < at + size + 2) return undefined;
  const bytes = head.subarray(at, at + size);
  const groups = () => Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16)).join(":");
  const host = type === addressTypes.name ? bytes.toString("latin1") : size === 4 ? [...bytes].join(".") : groups();
  return { host, port: head.readUInt16BE(at + size), length: at + size + 2 };
}

/**
 * What git's HTTP goes through, redirects included: names are resolved here, once, and lead nowhere but to addresses that
 * anybody may reach.
 */
export class SocksProxy {
  private readonly sockets = new OpenSockets();
  /** Why a connection was refused, in words for people. */
  refusal: string | undefined;

  private constructor(
    private readonly server: Server,
    private readonly reachable: Reachable,
  ) {
    server.on("connection", (socket) => this.accept(socket));
  }

  static async start(reachable: Reachable): Promise<SocksProxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new SocksProxy(server, reachable);
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `socks5h://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.sockets.destroy();
  }

  private accept(client: Socket): void {
    this.sockets.add(client);
    let head = Buffer.alloc(0);
    let hasGreeted = false;
    const read = (data: Buffer) => {
      head = Buffer.concat([head, data]);
      if (head.length > maxHeadBytes) return client.destroy();
      if (!hasGreeted) {
        const length = 2 + (head[1] ?? 0);
        if (head.length < 2 || head.length < length) return;
        if (head[0] !== version) return client.destroy();
        head = head.subarray(length);
        hasGreeted = true;
        client.write(Buffer.from([version, 0]));
      }
      const wanted = readRequest(head);
      if (wanted === undefined) return;
      client.off("data", read);
      client.pause();
      if (!wanted) return this.reply(client, replies.unsupported, true);
      if (head.length > wanted.length) client.unshift(head.subarray(wanted.length));
      this.connect(client, wanted).catch((error) => {
        this.refusal ??= `${wanted.host}:${wanted.port} cannot be reached: ${messageOf(error)}.`;
        this.reply(client, replies.unreachable, true);
      });
    };
    client.on("data", read);
  }

  private reply(client: Socket, reply: number, isEnd: boolean): void {
    const answer = Buffer.from([version, reply, 0, addressTypes.ipv4, 0, 0, 0, 0, 0, 0]);
    if (isEnd) client.end(answer);
    else client.write(answer);
  }

  private async connect(client: Socket, { host, port }: Wanted): Promise<void> {
    const addresses = await this.reachable.addressesOf(host, port);
    if (addresses.length === 0) {
      this.refusal = notPublic(host, port);
      return this.reply(client, replies.refused, true);
    }
    const upstream = dial(addresses, host, port);
    this.sockets.add(upstream);
    await untilConnected(upstream, client);
    this.reply(client, replies.granted, false);
    join(client, upstream);
  }
}

export function notPublic(host: string, port: number): string {
  return `${host}:${port} is not an address on the internet. Whoever operates this server can open private networks to it (MILLRACE_PRIVATE_NETWORKS).`;
}
