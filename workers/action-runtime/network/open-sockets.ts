import type { Socket } from "node:net";

/** The connections of something that goes between: they end with it. */
export class OpenSockets {
  private readonly sockets = new Set<Socket>();

  add(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  }

  destroy(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
