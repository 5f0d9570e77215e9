import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { FarNetwork } from "../support/far-network";
import { Handler, serverName } from "../support/handler";
import { findKafka, Kafka } from "../support/kafka";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const found = findKafka();
/** Where it may be had, Kafka is behind a cable that can be cut. */
const far = found ? FarNetwork.tryOpen() : { reason: "" };
describe.skipIf(!found)("with Apache Kafka", () => {
  let kafka: Kafka;
  let listener: Handler;
  let publisher: Handler;
  let memory: Memory;
  let topic: string;
  let count = 0;
  beforeAll(async () => {
    [kafka, listener, publisher] = await Promise.all([
      Kafka.start(found as NonNullable<typeof found>, far.network),
      Handler.of("kafka-listen"),
      Handler.of("kafka-publish"),
    ]);
  }, 300_000);
  afterAll(async () => {
    await Promise.all([listener?.close(), publisher?.close(), kafka?.stop()]);
    far.network?.close();
  });
  beforeEach(() => {
    memory = new Memory();
    topic = `orders-${++count}`;
  });

  const listen = (more: Record<string, unknown> = {}) =>
    new ListeningTrigger(listener, { ...kafka.basics, topic, group: topic, ...more }, memory);
  const publish = (message: string, more: Record<string, unknown> = {}) =>
    publisher.outputsOf({ ...kafka.basics, topic, message, ...more });
  const messages = () => memory.list().map(({ outputs }) => outputs.message as string);

  it("takes what waits and what comes, in a partition's order, and not again", async () => {
    const sent = await publish("größe ☀", { key: "ada", headers: '{"shop": "ü"}' });
    expect(sent.offset).toBe(0);
    const file = { name: "bytes", content: new Uint8Array([0, 255]) };
    await publish("", { message: undefined, file, key: "ada" });
    const first = listen();
    const [run, bytes] = await memory.atLeast(2);
    expect(run?.outputs).toEqual({
      ...{ message: "größe ☀", encoding: "text", key: "ada", headers: '{"shop": "ü"}' },
      ...{ partition: sent.partition, offset: 0, sent: expect.stringMatching(/^20\d\d-.*\+00:00$/) },
    });
    expect(run?.identity).toMatch(new RegExp(`^${topic}/${sent.partition}/0 \\d{13}$`));
    expect(bytes?.outputs).toMatchObject({ message: "AP8=", encoding: "base64", offset: 1 });
    for (const message of ["3", "4"]) await publish(message, { key: "ada" });
    await memory.atLeast(4);
    expect(messages()).toEqual(["größe ☀", "AP8=", "3", "4"]);
    await first.stop();
    await publish("5");
    const second = listen();
    await memory.atLeast(5);
    expect(messages()).toEqual(["größe ☀", "AP8=", "3", "4", "5"]);
    // But for what it had not committed yet when it was stopped.
    expect(memory.asked).toBeLessThanOrEqual(7);
    await second.stop();
  });

  it("commits nothing that is no run yet, and takes it again after a crash", async () => {
    memory.isDown = true;
    for (const message of ["1", "2", "3"]) await publish(message, { key: "ada" });
    const first = listen();
    await until("it has asked", () => memory.waiting === 3, 20_000);
    await first.kill();
    expect(memory.asked).toBe(0);
    memory.isDown = false;
    const second = listen();
    await memory.atLeast(3);
    expect(messages()).toEqual(["1", "2", "3"]);
    await second.stop();
  });

  it("takes ten thousand that wait, each once, over a crash", { timeout: 120_000 }, async () => {
    await kafka.produce(topic, [...Array(10_000).keys()]);
    const first = listen();
    await memory.atLeast(2_000, 60_000);
    await first.kill();
    const second = listen();
    await memory.atLeast(10_000, 90_000);
    await second.stop();
    expect(memory.runs.size).toBe(10_000);
    expect(new Set(messages()).size).toBe(10_000);
  });

  it("leaves out what is refused, says where it is, and takes those around it", async () => {
    memory.isPoison = ({ message }) => message === "poison";
    for (const message of ["1", "poison", "3"]) await publish(message, { key: "ada" });
    const trigger = listen();
    await memory.atLeast(2);
    await publish("4", { key: "ada" });
    await memory.atLeast(3);
    expect(messages()).toEqual(["1", "3", "4"]);
    expect(trigger.log).toMatch(new RegExp(`${topic}/\\d/1 was refused: .*it does not fit`));
    expect(memory.asked).toBe(4);
    await trigger.stop();
  });

  it("may begin with what is new, also what came while it was away", async () => {
    await publish("old");
    const first = listen({ start: "new messages" });
    await first.says("Listening to");
    await first.stop();
    await publish("new");
    const second = listen({ start: "new messages" });
    await memory.atLeast(1);
    expect(messages()).toEqual(["new"]);
    await second.stop();
  });

  it("signs in by either mechanism over TLS, and says why it cannot", async () => {
    const scram = kafka.secureBasics;
    const wrong = { ...scram, password: "not-the-secret" };
    const [first, second] = [listen(wrong), listen({ ...scram, mechanism: "PLAIN" })];
    await publish("safe", scram);
    await memory.atLeast(1);
    expect(messages()).toEqual(["safe"]);
    const failure = await first.failure();
    expect(failure).toMatch(/KafkaFailure: .*[Aa]uthentication/);
    expect(await publisher.failureOf({ ...wrong, topic, message: "x" })).toMatch(/[Aa]uthentication/);
    expect(failure + first.log).not.toContain("not-the-secret");
    await second.stop();
  });

  it("says what else is wrong", async () => {
    const failures = await Promise.all(
      [
        { brokers: `${serverName}:${await freePort()}` },
        { brokers: "nothing" },
        { topic: "" },
        { ...kafka.secureBasics, ca_certificate: undefined },
        { ...kafka.secureBasics, password: undefined },
        { tls: true, client_certificate: "x" },
      ].map((more) => listen({ timeout: 2, ...more }).failure()),
    );
    expect(failures).toEqual([
      expect.stringMatching(/cannot be reached: .*Unable/),
      expect.stringMatching(/brokers must be host:port/),
      expect.stringMatching(/topic and group must be given/),
      expect.stringMatching(/CERTIFICATE_VERIFY_FAILED/),
      expect.stringMatching(/SCRAM-SHA-256 needs username and password/),
      expect.stringMatching(/client_certificate and client_key/),
    ]);
  });

  it("fails when the network goes, and takes each message once when it is back", { timeout: 60_000 }, async ({
    skip,
  }) => {
    const { network } = far;
    skip(!network, far.reason);
    for (const message of ["1", "2"]) await publish(message, { key: "ada" });
    memory.isDown = true;
    const first = listen({ timeout: 1 });
    await until("it has asked", () => memory.waiting === 2);
    network?.cut();
    // What is a run by now cannot be committed.
    memory.isDown = false;
    expect(await first.failure()).toMatch(/KafkaFailure: .*not answered/);
    expect(messages()).toEqual(["1", "2"]);
    await network?.mend(kafka.port);
    await publish("3", { key: "ada" });
    const second = listen();
    await memory.atLeast(3);
    expect(messages()).toEqual(["1", "2", "3"]);
    await second.stop();
  });

  it("fails when the broker goes, and goes on once it is back", { timeout: 60_000 }, async () => {
    const first = listen({ timeout: 1 });
    await publish("1");
    await memory.atLeast(1);
    memory.isDown = true;
    await publish("2");
    await until("it has asked", () => memory.waiting === 1);
    await kafka.halt();
    memory.isDown = false;
    expect(await first.failure()).toMatch(/KafkaFailure: .*(refuses or cannot be reached|not answered)/);
    await kafka.go();
    await publish("3");
    const second = listen();
    await memory.atLeast(3);
    expect(messages()).toEqual(["1", "2", "3"]);
    await second.stop();
  });
});
