import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { Handler, serverName } from "../support/handler";
import { findServer, ServerProcess } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const server = new ServerProcess();
afterAll(() => server.stop());

const mosquitto = findServer("mosquitto_pub") && findServer("mosquitto");
describe.skipIf(!mosquitto)("mqtt-listen", () => {
  let handler: Handler;
  let port: number;
  let memory: Memory;
  let topic: string;
  let count = 0;
  const start = () => server.start(mosquitto as string, ["-c", join(server.folder, "mosquitto.conf")], port);
  beforeAll(async () => {
    handler = await Handler.of("mqtt-listen");
    port = await freePort();
    const { folder } = server;
    execFileSync(findServer("mosquitto_passwd") ?? "", ["-b", "-c", join(folder, "passwords"), "ada", "se:cret"]);
    const settings = [
      ...[`listener ${port} 127.0.0.1`, `password_file ${join(folder, "passwords")}`, "allow_anonymous false"],
      ...["user root", "max_queued_messages 0", "max_inflight_messages 20"],
    ];
    writeFileSync(join(folder, "mosquitto.conf"), settings.join("\n"));
    await start();
  }, 120_000);
  afterAll(() => handler?.close());
  beforeEach(() => {
    memory = new Memory();
    topic = `home-${++count}`;
  });

  const basics = () => ({ host: serverName, port, username: "ada", password: "se:cret" });
  const listen = (more: Record<string, unknown> = {}) =>
    new ListeningTrigger(handler, { ...basics(), topics: `${topic}/+`, ...more }, memory);
  const signedIn = () => ["-h", "localhost", "-p", String(port), "-u", "ada", "-P", "se:cret", "-q", "1"];
  const publish = (message: string, ...more: string[]) =>
    promisify(execFile)(findServer("mosquitto_pub") ?? "", [...signedIn(), "-t", `${topic}/a`, "-m", message, ...more]);
  const publishMany = (messages: (string | number)[]) =>
    execFileSync(findServer("mosquitto_pub") ?? "", [...signedIn(), "-t", `${topic}/a`, "-l"], {
      input: messages.map((message) => `${message}\n`).join(""),
    });
  const messages = () => memory.list().map(({ outputs }) => outputs.message);

  it.each(["3.1.1", "5"])(
    "takes messages by version %s, those that came while nothing listened too",
    async (version) => {
      const first = listen({ version });
      await first.says("Subscribed");
      await publish("größe ☀");
      expect((await memory.atLeast(1))[0]?.outputs).toEqual({
        message: "größe ☀",
        encoding: "text",
        topic: `${topic}/a`,
        retained: false,
      });
      await first.stop();
      publishMany([1, 2, 3]);
      const second = listen({ version });
      await memory.atLeast(4);
      expect(messages()).toEqual(["größe ☀", "1", "2", "3"]);
      await second.stop();
    },
  );

  it.each(["3.1.1", "5"])(
    "by version %s takes again what was no run yet when it died, and nothing else",
    async (version) => {
      const first = listen({ version });
      await first.says("Subscribed");
      await publish("before");
      await memory.atLeast(1);
      memory.isDown = true;
      publishMany(["one", "one", "two"]);
      await until("it has asked", () => memory.waiting === 3);
      await first.kill();
      memory.isDown = false;
      const second = listen({ version });
      await memory.atLeast(4);
      await publish("after");
      await memory.atLeast(5);
      expect(messages()).toEqual(["before", "one", "one", "two", "after"]);
      await second.stop();
    },
  );

  it("leaves out what is refused, says of which topic, acknowledges it and does not ask again", async () => {
    let refused = 0;
    memory.isPoison = ({ message }) => message === "poison" && ++refused > 0;
    const first = listen();
    await first.says("Subscribed");
    publishMany([1, "poison", 3]);
    await memory.atLeast(2);
    await first.says(new RegExp(`A message of ${topic}/a was refused: .*it does not fit`));
    await first.stop();
    publishMany([4]);
    const second = listen();
    await memory.atLeast(3);
    expect([messages(), refused]).toEqual([["1", "3", "4"], 1]);
    await second.stop();
  });

  it("makes one run of a message that became one just before it died", async () => {
    const first = listen();
    await first.says("Subscribed");
    publishMany(Array.from({ length: 500 }, (_, index) => index));
    await memory.atLeast(100);
    await first.kill();
    const second = listen();
    await memory.atLeast(500);
    // What the broker sends again comes before it.
    publishMany([500]);
    await memory.atLeast(501);
    expect(messages()).toEqual(Array.from({ length: 501 }, (_, index) => String(index)));
    await second.stop();
  });

  it("takes bytes and what was retained", async () => {
    writeFileSync(join(server.folder, "bytes"), Buffer.from([0, 255]));
    await promisify(execFile)(findServer("mosquitto_pub") ?? "", [
      ...signedIn(),
      ...["-t", `${topic}/b`, "-r", "-f", join(server.folder, "bytes")],
    ]);
    const trigger = listen();
    const [run] = await memory.atLeast(1);
    expect(run?.outputs).toMatchObject({ message: "AP8=", encoding: "base64", retained: true });
    await trigger.stop();
  });

  it.each([
    [{ password: "wrong" }, /refuses the connection/],
    [{ topics: " " }, /no topic to subscribe to/],
    [{ tls: true, timeout: 5 }, /no safe connection|not answered|cannot be reached/],
  ])("says why %j does not work", async (inputs, message) => {
    const trigger = listen(inputs);
    const failure = await trigger.failure();
    expect(failure).toMatch(message);
    expect(failure + trigger.log).not.toContain("se:cret");
  });
});
