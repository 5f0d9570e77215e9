import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { FarNetwork } from "../support/far-network";
import { Handler } from "../support/handler";
import { findServer, ServerProcess } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const { network, reason } = FarNetwork.tryOpen();
const closing: (() => Promise<unknown> | undefined)[] = [];
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  network?.close();
});
beforeEach(({ skip }) => skip(!network, reason));

/** A server behind the cable, and the trigger that listens to it. */
async function behindCable(
  program: string | undefined,
  trigger: string,
  argsOf: (folder: string, port: number) => string[],
) {
  const far = network as FarNetwork;
  const server = new ServerProcess(far);
  closing.push(() => server.stop());
  const handler = await Handler.of(trigger);
  closing.push(() => handler.close());
  const port = await freePort();
  await server.start(program as string, argsOf(server.folder, port), port);
  const inside = (command: string, args: string[], input?: string) => {
    const [first = "", ...rest] = [...far.inside, findServer(command) ?? command, ...args];
    return execFileSync(first, rest, { input }).toString().trim();
  };
  return { far, handler, port, inside };
}

const redisServer = findServer("redis-server");
it.skipIf(!redisServer)(
  "redis-stream takes each entry once when the network returns before it is missed",
  async () => {
    const open = ["--save", "", "--bind", "0.0.0.0", "--protected-mode", "no"];
    const settings = (_: string, port: number) => ["--port", String(port), ...open];
    const { far, handler, port, inside } = await behindCable(redisServer, "redis-stream", settings);
    const memory = new Memory();
    const add = (...values: number[]) =>
      inside("redis-cli", ["-p", String(port)], values.map((value) => `XADD orders * n ${value}\n`).join(""));
    const url = `redis://${far.address}:${port}`;
    const trigger = new ListeningTrigger(handler, { url, stream: "orders" }, memory);
    add(1);
    await memory.atLeast(1);
    memory.isDown = true;
    add(2);
    await until("it has asked", () => memory.waiting === 1);
    far.cut();
    // What is a run by now cannot be acknowledged.
    memory.isDown = false;
    add(3, 4, 5);
    await memory.atLeast(2);
    expect(memory.runs.size).toBe(2);
    await far.mend(port);
    await memory.atLeast(5);
    await until("all is acknowledged", () =>
      inside("redis-cli", ["-p", String(port), "XPENDING", "orders", "millrace"]).startsWith("0"),
    );
    expect(memory.list().map(({ outputs }) => JSON.parse(String(outputs.fields)).n)).toEqual(["1", "2", "3", "4", "5"]);
    await trigger.stop();
  },
  60_000,
);

const mosquitto = findServer("mosquitto_pub") && findServer("mosquitto");
it.skipIf(!mosquitto)(
  "mqtt-listen takes each message once when the network returns before it is missed",
  async () => {
    const settings = (folder: string, port: number) => {
      const lines = [`listener ${port} 0.0.0.0`, "allow_anonymous true", "user root", "max_queued_messages 0"];
      writeFileSync(join(folder, "mosquitto.conf"), lines.join("\n"));
      return ["-c", join(folder, "mosquitto.conf")];
    };
    const { far, handler, port, inside } = await behindCable(mosquitto, "mqtt-listen", settings);
    const memory = new Memory();
    const publish = (...messages: number[]) =>
      inside(
        "mosquitto_pub",
        ["-h", "127.0.0.1", "-p", String(port), "-q", "1", "-t", "orders", "-l"],
        messages.map((message) => `${message}\n`).join(""),
      );
    const first = new ListeningTrigger(handler, { host: far.address, port, topics: "orders" }, memory);
    await first.says("Subscribed");
    publish(1);
    await memory.atLeast(1);
    memory.isDown = true;
    publish(2, 3);
    await until("it has asked", () => memory.waiting === 2);
    far.cut();
    memory.isDown = false;
    publish(4, 5);
    await memory.atLeast(3);
    expect(memory.runs.size).toBe(3);
    await far.mend(port);
    await memory.atLeast(5);
    await first.stop();
    publish(6);
    const second = new ListeningTrigger(handler, { host: far.address, port, topics: "orders" }, memory);
    await memory.atLeast(6);
    expect(memory.list().map(({ outputs }) => outputs.message)).toEqual(["1", "2", "3", "4", "5", "6"]);
    await second.stop();
  },
  60_000,
);
