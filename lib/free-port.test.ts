import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "./free-port.mjs";

it("never gives one twice, and each can be listened on", async () => {
  const ports = await Promise.all(Array.from({ length: 200 }, freePort));
  expect(new Set(ports).size).toBe(200);
  for (const port of ports.slice(0, 5)) {
    const server = createServer();
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
    server.close();
  }
});

it("gives none that outgoing connections may take", async () => {
  for (let tries = 0; tries < 50; tries++) expect(await freePort()).toBeLessThan(32_768);
});
