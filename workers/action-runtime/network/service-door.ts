import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { join as joinSockets } from "./dial";
import { listenAt } from "./listen-at";
import { OpenSockets } from "./open-sockets";

/** What is said about a connection before its first byte: a byte, too. */
export const doorAnswers = { connected: 1, refused: 2 } as const;

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
  /** Where the sandbox connects. */
  private readonly within: Server;
  /** Where the worker connects. */
  private readonly without: Server;

  private constructor(
    /** Their sockets. */
    readonly inside: string,
    readonly outside: string,
  ) {
    this.within = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => this.keep(socket));
    this.without = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => void this.accept(socket));
    this.within.maxConnections = maxInside;
    this.without.maxConnections = maxOutside;
  }

  /** `owner`: the sandbox's user, where that is another one than this process's. */
  static async open(folder: string, owner: number | null): Promise<ServiceDoor> {
    const id = randomUUID();
    const door = new ServiceDoor(join(folder, `${id}.in`), join(folder, `${id}.out`));
    await listenAt(door.within, door.inside, owner);
    await listenAt(door.without, door.outside, null);
    return door;
  }

  close(): void {
    for (const server of [this.within, this.without]) server.close();
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
    if (!spare || caller.destroyed || !(await isListenedTo(spare)) || caller.destroyed) {
      spare?.destroy();
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
