import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below what Linux and macOS give to outgoing connections (from 32768 and from 49152), which would take a port between its
 * finding and its use, or while its server is down.
 */
const [first, end] = [20_000, 32_768];

/**
 * Never one twice in a process: whoever asks for several gets different ones.
 * @type {Set<number>}
 */
const given = new Set();

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}

/**
 * A port of this machine that nothing listens on just now, at any address.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let tries = 0; tries < 1_000; tries++) {
    const port = randomInt(first, end);
    if (given.has(port)) continue;
    given.add(port);
    // Whether one address is taken does not everywhere show at the other.
    if ((await isFree(port, "0.0.0.0")) && (await isFree(port, "127.0.0.1"))) return port;
    given.delete(port);
  }
  throw new Error(`No port between ${first} and ${end} is free.`);
}
