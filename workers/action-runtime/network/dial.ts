import { connect, type Socket } from "node:net";

const connectMs = 10_000;

/** Begins to connect to one of the addresses that a host was found to have, and never to any other. */
export function dial(addresses: { address: string; family: number }[], host: string, port: number): Socket {
  return connect({
    host,
    port,
    autoSelectFamily: addresses.length > 1,
    lookup: (_host, options, done) => {
      const [first] = addresses;
      if (options.all) done(null, addresses);
      else done(null, first?.address ?? "", first?.family);
    },
    timeout: connectMs,
    allowHalfOpen: true,
  });
}

/** @throws Error when there is no connection in time, or the client goes away before there is one */
export async function untilConnected(upstream: Socket, client: Socket): Promise<void> {
  upstream.once("timeout", () => upstream.destroy(new Error(`no connection within ${connectMs / 1000} s`)));
  await new Promise<void>((resolve, reject) => {
    upstream.once("connect", resolve);
    upstream.once("error", reject);
    client.once("close", () => upstream.destroy(new Error("the client gave up")));
  });
  upstream.setTimeout(0);
}

/** Passes on what either side says, until both have ended. */
export function join(client: Socket, upstream: Socket): void {
  client.pipe(upstream).pipe(client);
  // An end in order is passed on by the pipes, after what was sent before it.
  upstream.once("close", (hadError) => hadError && client.destroy());
  client.once("close", (hadError) => hadError && upstream.destroy());
}
