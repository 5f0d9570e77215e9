import { execFile, execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { type Certificate, makeCertificate } from "../support/certificate";
import { Handler, serverName } from "../support/handler";
import { findServer, ServerProcess } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";

const processes = { mqtt: new ServerProcess(), amqp: new ServerProcess(), epmd: new ServerProcess() };
afterAll(() => Promise.all(Object.values(processes).map((server) => server.stop())));

const mosquitto = findServer("mosquitto_sub") && findServer("mosquitto");
describe.skipIf(!mosquitto)("mqtt-publish to Mosquitto", () => {
  const ports = { plain: 0, tls: 0 };
  let handler: Handler;
  let certificate: Certificate;
  beforeAll(async () => {
    const { folder } = processes.mqtt;
    handler = await Handler.of("mqtt-publish");
    [ports.plain, ports.tls] = [await freePort(), await freePort()];
    certificate = makeCertificate(folder);
    const passwords = join(folder, "passwords");
    execFileSync(findServer("mosquitto_passwd") ?? "", ["-b", "-c", passwords, "ada", "se:cret"]);
    const settings = [
      ...[`listener ${ports.plain} 127.0.0.1`, `listener ${ports.tls} 127.0.0.1`],
      ...[`certfile ${certificate.certificate}`, `keyfile ${certificate.key}`],
      ...[`password_file ${passwords}`, "allow_anonymous false", "user root"],
    ];
    writeFileSync(join(folder, "mosquitto.conf"), settings.join("\n"));
    await processes.mqtt.start(mosquitto as string, ["-c", join(folder, "mosquitto.conf")], ports.plain);
  }, 120_000);
  afterAll(() => handler?.close());
  const basics = () => ({ host: serverName, port: ports.plain, username: "ada", password: "se:cret" });

  /** What a subscriber who comes later gets of a topic: what was retained there. */
  async function retained(topic: string): Promise<string> {
    const args = [
      "-h",
      "localhost",
      "-p",
      String(ports.plain),
      "-u",
      "ada",
      "-P",
      "se:cret",
      "-t",
      topic,
      "-C",
      "1",
      "-W",
      "5",
    ];
    return (await promisify(execFile)(findServer("mosquitto_sub") ?? "", args)).stdout.trimEnd();
  }

  it.each(["0", "1", "2"])("publishes with quality of service %s", async (qos) => {
    const topic = `home/ü/${qos}`;
    expect(await handler.outputsOf({ ...basics(), topic, message: `on ☀ ${qos}`, qos, retain: true })).toEqual({
      size: 8,
    });
    await expect.poll(() => retained(topic), { timeout: 10_000 }).toBe(`on ☀ ${qos}`);
  });

  it("publishes files, and over TLS", async () => {
    const file = { name: "a.txt", content: "from a file" };
    const tls = { ...basics(), port: ports.tls, tls: true, ca_certificate: certificate.pem };
    await handler.outputsOf({ ...tls, topic: "files/a", file, retain: true });
    await expect.poll(() => retained("files/a"), { timeout: 10_000 }).toBe("from a file");
    expect(await handler.failureOf({ ...tls, ca_certificate: undefined, topic: "a", message: "x" })).toMatch(
      /no safe connection/,
    );
  });

  it.each([
    [{ password: "wrong" }, /refuses the connection: (Not authorized|Bad user name)/],
    [{ topic: "a/#" }, /not a topic to publish to/],
    [{ topic: "" }, /not a topic to publish to/],
    [{ message: undefined }, /either a message or a file/],
    [{ tls: true }, /no safe connection|cannot be reached|TimeoutError/],
  ])("says why %j does not work", async (inputs, message) => {
    const failure = await handler.failureOf({ ...basics(), topic: "a", message: "x", timeout: 5, ...inputs });
    expect(failure).toMatch(message);
    expect(failure).not.toContain("se:cret");
  });

  it("says that the broker is not there", async () => {
    expect(await handler.failureOf({ ...basics(), port: await freePort(), topic: "a", message: "x" })).toMatch(
      /cannot be reached/,
    );
  });
});

const rabbit = findServer("rabbitmq-server");
describe.skipIf(!rabbit)("amqp-publish to RabbitMQ", () => {
  let handler: Handler;
  let url: string;
  let control: (...args: string[]) => string;
  beforeAll(async () => {
    const { folder } = processes.amqp;
    handler = await Handler.of("amqp-publish");
    const port = await freePort();
    const node = `millrace${process.pid}@localhost`;
    const cookie = join(folder, ".erlang.cookie");
    writeFileSync(cookie, `cookie${process.pid}`);
    chmodSync(cookie, 0o400);
    const epmdPort = await freePort();
    // Started by RabbitMQ itself, it would outlive the tests.
    await processes.epmd.start(findServer("epmd") ?? "", ["-port", String(epmdPort)], epmdPort);
    const env = {
      RABBITMQ_NODENAME: node,
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
      RABBITMQ_DIST_PORT: String(await freePort()),
      RABBITMQ_MNESIA_BASE: join(folder, "data"),
      RABBITMQ_LOG_BASE: join(folder, "logs"),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "plugins"),
      RABBITMQ_PID_FILE: join(folder, "pid"),
      RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq"),
      ERL_EPMD_PORT: String(epmdPort),
      HOME: folder,
      LANG: "C.UTF-8",
    };
    // Debian's wrapper gives the service another user's home; the programs themselves lie below.
    const programs = "/usr/lib/rabbitmq/bin";
    await processes.amqp.start(join(programs, "rabbitmq-server"), [], port, env);
    control = (...args) =>
      execFileSync(join(programs, "rabbitmqctl"), ["-q", ...args], {
        env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
      }).toString();
    control("await_startup");
    control("change_password", "guest", "se:cret");
    declare("orders");
    url = `amqp://guest:se%3Acret@${serverName}:${port}/`;
  }, 180_000);
  afterAll(() => handler?.close());

  /** What is refused of it goes to another one, where that is named. */
  function declare(queue: string, refused?: string): void {
    const named = refused && `{<<"x-dead-letter-routing-key">>, longstr, <<"${refused}">>}`;
    const more = named ? `[{<<"x-dead-letter-exchange">>, longstr, <<"">>}, ${named}]` : "[]";
    const name = `{resource, <<"/">>, queue, <<"${queue}">>}`;
    control("eval", `rabbit_amqqueue:declare(${name}, true, false, ${more}, none, <<"test">>).`);
  }
  const lengthOf = (queue: string, counted: "messages" | "messages_ready" = "messages") =>
    Number(new RegExp(`^${queue}\\s+(\\d+)$`, "m").exec(control("list_queues", "name", counted))?.[1] ?? -1);

  it("publishes, and the broker has it", async () => {
    const before = lengthOf("orders");
    const headers = '{"kind": "new", "count": 3}';
    const more = { headers, message_id: "m1", correlation_id: "c", reply_to: "r", expires_ms: 600_000 };
    expect(await handler.outputsOf({ url, routing_key: "orders", message: "ü", ...more })).toEqual({ size: 2 });
    await handler.outputsOf({ url, routing_key: "orders", file: { name: "a", content: "x".repeat(300_000) } });
    await expect.poll(() => lengthOf("orders"), { timeout: 10_000 }).toBe(before + 2);
  }, 60_000);

  it.each([
    [{ routing_key: "nowhere" }, /No queue takes 'nowhere' from the exchange ''/],
    [{ exchange: "none" }, /refuses the message: NOT_FOUND - no exchange 'none'/],
    [{ headers: "[]" }, /headers must be a JSON object/],
    [{ message: undefined }, /either a message or a file/],
  ])("says why %j does not work", async (inputs, message) => {
    expect(await handler.failureOf({ url, routing_key: "orders", message: "x", ...inputs })).toMatch(message);
  });

  it("has what a queue gets start runs, and acknowledges those that last", async () => {
    declare("refused");
    declare("heard", "refused");
    const trigger = await Handler.of("amqp-listen");
    const memory = new Memory();
    const listen = (more: Record<string, unknown> = {}) =>
      new ListeningTrigger(trigger, { url, queue: "heard", ...more }, memory);
    const publish = (message: string, more: Record<string, unknown> = {}) =>
      handler.outputsOf({ url, routing_key: "heard", message, ...more });
    await publish("ü", { message_id: "m1", headers: '{"kind": "new"}' });
    const first = listen();
    const [run] = await memory.atLeast(1);
    expect(run).toMatchObject({
      identity: "m1",
      outputs: { message: "ü", message_id: "m1", headers: '{"kind": "new"}' },
    });
    memory.isDown = true;
    for (const id of ["m2", "m3"]) await publish(id, { message_id: id });
    await expect.poll(() => lengthOf("heard"), { timeout: 10_000 }).toBe(2);
    await first.kill();
    // One that comes before the broker misses the first gets what is left, and the others later.
    await expect.poll(() => lengthOf("heard", "messages_ready"), { timeout: 10_000 }).toBe(2);
    memory.isDown = false;
    const second = listen();
    await memory.atLeast(3);
    await expect.poll(() => lengthOf("heard"), { timeout: 10_000 }).toBe(0);
    expect(memory.list().map(({ identity }) => identity)).toEqual(["m1", "m2", "m3"]);
    // As a client sends them that takes names for bytes of its own.
    const odd = '[{message_id, <<252>>}, {headers, [{<<"k", 252>>, longstr, <<252>>}]}]';
    control("eval", `rabbit_basic:publish({resource, <<"/">>, exchange, <<"">>}, <<"heard">>, ${odd}, <<"odd">>).`);
    const [, , , noText] = await memory.atLeast(4);
    expect(noText).toMatchObject({
      identity: "\\xfc",
      outputs: { message: "odd", headers: '{"k\\\\xfc": "\\\\xfc"}' },
    });
    memory.isPoison = ({ message }) => message === "poison";
    for (const message of ["poison", "m5"]) await publish(message, { message_id: message });
    await memory.atLeast(5);
    await expect.poll(() => lengthOf("heard"), { timeout: 10_000 }).toBe(0);
    // The broker keeps it where its queue says.
    expect([memory.asked, lengthOf("refused")]).toEqual([6, 1]);
    expect(second.log).toMatch(/Message \d+ of heard was refused: .*it does not fit/);
    await second.stop();
    expect(await listen({ queue: "none" }).failure()).toMatch(/refuses: NOT_FOUND - no queue 'none'/);
    await trigger.close();
  }, 120_000);

  it("may let go what no queue takes", async () => {
    await handler.outputsOf({ url, routing_key: "nowhere", message: "x", mandatory: false });
  });

  it("never says the password", async () => {
    const wrong = url.replace("se%3Acret", "not-the-secret");
    const failures = [
      await handler.failureOf({ url: wrong, routing_key: "orders", message: "x" }),
      await handler.failureOf({
        url: wrong.replace(/:\d+\/$/, `:${await freePort()}/`),
        routing_key: "orders",
        message: "x",
      }),
      await handler.failureOf({ url: "http://not-the-secret", routing_key: "orders", message: "x" }),
      await handler.failureOf({ url: `${url}nowhere`, routing_key: "orders", message: "x" }),
    ];
    expect(failures).toEqual([
      expect.stringMatching(/does not take the connection: .*(ACCESS_REFUSED|refused|authentication)/i),
      expect.stringMatching(/does not take the connection: .*(refused|lost)/),
      expect.stringMatching(/not an address such as/),
      expect.stringMatching(/does not take the connection: .*(vhost|NOT_ALLOWED)/),
    ]);
    expect(failures.join()).not.toContain("not-the-secret");
  });
});
