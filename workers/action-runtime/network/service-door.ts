import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { chmod, chown } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { join as joinSockets } from "./dial";
import { OpenSockets } from "./open-sockets";

/** What is said about a connection before its first byte: a byte, too. */
export const doorAnswers = { connected: 1, refused: 2, nobody: 3 } as const;

const maxInside = 256;
const maxOutside = 128;
/** How long a caller waits for the sandbox to have a connection to spare. */
const spareMs = 5_000;
/** How long the sandbox may take to say whether something listens on its port. */
const answerMs = 5_000;

/**
 * The way into a sandbox that has no network: what is inside keeps some connections to spare on one socket, and each that
 * comes to the other socket is joined with one of them. Nothing here knows what is spoken.
 */
export class ServiceDoor {
  private readonly sockets = new OpenSockets();
  private readonly spares: Socket[] = [];
  private readonly waiting: ((spare: Socket) => void)[] = [];
  private readonly servers: Server[];

  private constructor(
    /** Where the sandbox connects. */
    readonly inside: string,
    /** Where the worker connects. */
    readonly outside: string,
  ) {
    const within = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => this.keep(socket));
    const without = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => void this.accept(socket));
    within.maxConnections = maxInside;
    without.maxConnections = maxOutside;
    this.servers = [within, without];
  }

  /** `owner`: the sandbox's user, where that is another one than this process's. */
  static async open(folder: string, owner: number | null): Promise<ServiceDoor> {
    const id = randomUUID();
    const door = new ServiceDoor(join(folder, `${id}.in`), join(folder, `${id}.out`));
    for (const [index, path] of [door.inside, door.outside].entries()) {
      await new Promise<void>((resolve, reject) => {
        door.servers[index]?.once("error", reject).listen(path, resolve);
      });
      await chmod(path, 0o600);
    }
    if (owner !== null) await chown(door.inside, owner, owner);
    return door;
  }

  close(): void {
    for (const server of this.servers) server.close();
    this.sockets.destroy();
    for (const path of [this.inside, this.outside]) rmSync(path, { force: true });
  }

  private keep(spare: Socket): void {
    this.sockets.add(spare);
    const waiter = this.waiting.shift();
    if (waiter) return waiter(spare);
    this.spares.push(spare);
    spare.once("close", () => {
      const index = this.spares.indexOf(spare);
      if (index >= 0) this.spares.splice(index, 1);
    });
  }

  private async accept(caller: Socket): Promise<void> {
    this.sockets.add(caller);
    const spare = await this.spare();
    if (!spare || caller.destroyed) {
      spare?.destroy();
      caller.end(Buffer.from([doorAnswers.nobody]));
      return;
    }
    const isConnected = await isListenedTo(spare);
    if (!isConnected || caller.destroyed) {
      spare.destroy();
      caller.end(Buffer.from([doorAnswers.refused]));
      return;
    }
    caller.write(Buffer.from([doorAnswers.connected]));
    joinSockets(caller, spare);
  }

  private spare(): Promise<Socket | undefined> {
    for (let spare = this.spares.shift(); spare; spare = this.spares.shift())
      if (!spare.destroyed) return Promise.resolve(spare);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        resolve(undefined);
      }, spareMs);
      const take = (spare: Socket) => {
        clearTimeout(timer);
        resolve(spare);
      };
      this.waiting.push(take);
    });
  }
}

/** Wakes a connection that was kept to spare, and hears whether it has been taken on to the sandbox's port. */
async function isListenedTo(spare: Socket): Promise<boolean> {
  spare.write(Buffer.from([doorAnswers.connected]));
  return (await firstByte(spare, answerMs)) === doorAnswers.connected;
}

/** The first byte of a paused connection, which stays paused; undefined where none comes. */
export function firstByte(socket: Socket, timeoutMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const end = (byte?: number) => {
      clearTimeout(timer);
      socket.off("readable", read);
      socket.off("close", close);
      socket.off("end", close);
      resolve(byte);
    };
    const close = () => end();
    const read = () => {
      const byte = socket.read(1) as Buffer | null;
      if (byte) end(byte[0]);
    };
    const timer = setTimeout(close, timeoutMs);
    socket.on("readable", read);
    socket.once("close", close);
    socket.once("end", close);
  });
}
