import { execFile, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { freePort } from "@/lib/free-port.mjs";
import { type Certificate, makeCertificate } from "./certificate";
import type { FarNetwork } from "./far-network";
import { serverName } from "./handler";
import { findServer, ServerProcess } from "./servers";

const run = promisify(execFile);
const leastJava = 17;
const installPatienceMs = 5 * 60_000;
/** Over the names and contents of all libraries that `servers/kafka/pom.xml` stands for. */
const digest = "260edcf719c8040594933f4d6371fdb181ba9bbbcd0b8408ad2caa990c18331f";
const maven = ["-q", "-B", "-C", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"];
/** A broker that does little has to be there soon, and beside much else. */
const machine = ["-Xms64m", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"];

/** What Apache Kafka needs to run; null where it cannot be had. */
export function findKafka(): { java: string; mvn: string } | null {
  const [java, mvn] = [findServer("java"), findServer("mvn")];
  if (!java || !mvn) return null;
  const said = spawnSync(java, ["-version"], { encoding: "utf8" }).stderr;
  return Number(/version "(\d+)/.exec(said)?.[1] ?? 0) >= leastJava ? { java, mvn } : null;
}

function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/** Kafka's libraries, fetched by Maven once and kept. @throws Error where they are others than they should be */
async function libraries(mvn: string): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "millrace");
  const kept = join(cache, `kafka-${digest.slice(0, 12)}`);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "kafka-"));
  try {
    const options = ["-f", resolve("tests/catalogue/servers/kafka/pom.xml"), `-DoutputDirectory=${folder}`];
    await run(mvn, [...maven, "-DincludeScope=runtime", ...options], { timeout: installPatienceMs });
    const found = digestOf(folder);
    if (found !== digest) throw new Error(`Kafka's libraries have the digest ${found} and not ${digest}.`);
    // Another test may have been there first.
    if (!existsSync(kept)) renameSync(folder, kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return kept;
}

interface Ports {
  machine: number;
  plain: number;
  secure: number;
  controller: number;
}

const password = "se:cret";

function settingsOf(folder: string, ports: Ports, host: string): string {
  const login = "org.apache.kafka.common.security";
  const secure = "listener.name.secure";
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${ports.controller}`,
    "controller.listener.names=CONTROLLER",
    "inter.broker.listener.name=MACHINE",
    "listener.security.protocol.map=MACHINE:PLAINTEXT,PLAIN:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT",
    `listeners=MACHINE://127.0.0.1:${ports.machine},PLAIN://0.0.0.0:${ports.plain},SECURE://0.0.0.0:${ports.secure},CONTROLLER://127.0.0.1:${ports.controller}`,
    `advertised.listeners=MACHINE://127.0.0.1:${ports.machine},PLAIN://${host}:${ports.plain},SECURE://${host}:${ports.secure}`,
    "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256",
    `${secure}.plain.sasl.jaas.config=${login}.plain.PlainLoginModule required user_ada="${password}";`,
    `${secure}.scram-sha-256.sasl.jaas.config=${login}.scram.ScramLoginModule required;`,
    "ssl.keystore.type=PEM",
    `ssl.keystore.location=${join(folder, "keystore.pem")}`,
    `log.dirs=${join(folder, "data")}`,
    ...["offsets.topic", "transaction.state.log", "share.coordinator.state.topic"].flatMap((topic) => [
      `${topic}.num.partitions=1`,
      `${topic}.replication.factor=1`,
    ]),
    "transaction.state.log.min.isr=1",
    "group.initial.rebalance.delay.ms=0",
    "num.partitions=3",
    // How long one that was killed is taken to be alive, and its return refused.
    "broker.session.timeout.ms=2000",
    "broker.heartbeat.interval.ms=400",
  ].join("\n");
}

/** Apache Kafka, one broker that is its own controller. Signs in `ada`. */
export class Kafka {
  private constructor(
    private readonly server: ServerProcess,
    private readonly java: string,
    private readonly libraries: string,
    private readonly ports: Ports,
    readonly certificate: Certificate,
    private readonly network: FarNetwork | undefined,
  ) {}

  /** `network`: where it runs, unless on this machine's own. */
  static async start({ java, mvn }: { java: string; mvn: string }, network?: FarNetwork): Promise<Kafka> {
    const server = new ServerProcess(network);
    const { folder } = server;
    const found = await libraries(mvn);
    const [machinePort, plain, secure, controller] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const ports = { machine: machinePort, plain, secure, controller };
    const certificate = makeCertificate(folder, network?.address);
    writeFileSync(join(folder, "keystore.pem"), readFileSync(certificate.key, "utf8") + certificate.pem);
    writeFileSync(join(folder, "settings"), settingsOf(folder, ports, network?.address ?? serverName));
    const kafka = new Kafka(server, java, found, ports, certificate, network);
    const user = ["--add-scram", `SCRAM-SHA-256=[name=ada,password=${password}]`];
    const format = ["format", "-t", "bWlsbHJhY2UtdGVzdHMtMQ", "-c", join(folder, "settings"), ...user];
    await run(java, [...kafka.machine, "kafka.tools.StorageTool", ...format]);
    await kafka.go();
    return kafka;
  }

  /** Inputs by which a handler reaches it. */
  get basics() {
    return { brokers: `${this.host}:${this.ports.plain}` };
  }

  get secureBasics() {
    const { pem: ca_certificate } = this.certificate;
    const signIn = { tls: true, ca_certificate, mechanism: "SCRAM-SHA-256", username: "ada", password };
    return { brokers: `${this.host}:${this.ports.secure}`, ...signIn };
  }

  get port(): number {
    return this.ports.plain;
  }

  private get host(): string {
    return this.network?.address ?? serverName;
  }

  /** Starts it again after `halt`, with what it had. */
  go(): Promise<void> {
    const args = [...this.machine, "kafka.Kafka", join(this.server.folder, "settings")];
    return this.server.start(this.java, args, this.ports.plain);
  }

  halt(): Promise<void> {
    return this.server.halt();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Sends messages with Kafka's own producer, one for each line. */
  async produce(topic: string, lines: (string | number)[]): Promise<void> {
    const target = ["--bootstrap-server", `127.0.0.1:${this.ports.machine}`, "--topic", topic];
    const program = [this.java, ...this.machine, "org.apache.kafka.tools.ConsoleProducer", ...target];
    const [command = "", ...args] = [...(this.network?.inside ?? []), ...program];
    const producer = spawn(command, args);
    let said = "";
    for (const stream of [producer.stdout, producer.stderr])
      stream.on("data", (data) => {
        said += data;
      });
    producer.stdin.end(lines.map((line) => `${line}\n`).join(""));
    const status = await new Promise((done) => producer.once("exit", done));
    if (status !== 0) throw new Error(`Kafka's producer ended with ${status}: ${said}`);
  }

  private get machine(): string[] {
    return [...machine, "-cp", join(this.libraries, "*")];
  }
}
