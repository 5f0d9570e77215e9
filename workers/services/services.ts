import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { isPass, passHeader } from "@/lib/services";
import { join } from "../action-runtime/network/dial";
import { OpenSockets } from "../action-runtime/network/open-sockets";
import { doorAnswers, firstByte } from "../action-runtime/network/service-door";

const answerMs = 11_000;

/**
 * Brings web processes to what triggers serve in their sandboxes on this machine. Only CONNECT is spoken, only for a
 * trigger that runs here now, and only with a pass that was signed for it.
 */
export class Services {
  private readonly paths = new Map<string, string>();
  private readonly sockets = new OpenSockets();

  private constructor(
    private readonly server: Server,
    private readonly host: string,
  ) {
    server.on("connect", (request, socket, head) => {
      this.sockets.add(socket as Socket);
      const name = request.url ?? "";
      const path = this.paths.get(name);
      if (!isPass(name, String(request.headers[passHeader] ?? ""))) return refuse(socket, "403 Forbidden");
      if (!path) return refuse(socket, "404 Not Found");
      void this.bring(socket as Socket, head, path);
    });
  }

  /** `address`: `host` or `host:port`, where web processes reach this worker. */
  static async listen(address: string): Promise<Services> {
    const { hostname, port } = new URL(`http://${address}`);
    const server = createServer((_request, response) => response.writeHead(404).end());
    const services = new Services(server, hostname);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(Number(port || 0), hostname.replace(/^\[|\]$/g, ""), resolve);
    });
    return services;
  }

  /** Lets callers in to what is served at a socket. @returns where to ask for it */
  open(name: string, path: string): string {
    this.paths.set(name, path);
    return `${this.host}:${(this.server.address() as AddressInfo).port}`;
  }

  close(name: string): void {
    this.paths.delete(name);
  }

  end(): void {
    this.server.close();
    this.sockets.destroy();
  }

  private async bring(caller: Socket, head: Buffer, path: string): Promise<void> {
    const served = connect({ path, allowHalfOpen: true });
    this.sockets.add(served);
    if ((await firstByte(served, answerMs)) !== doorAnswers.connected) {
      served.destroy();
      return refuse(caller, "502 Bad Gateway");
    }
    caller.write("HTTP/1.1 200 Connected\r\n\r\n");
    if (head.length > 0) caller.unshift(head);
    join(caller, served);
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
