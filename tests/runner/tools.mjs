import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { paint, say, seconds } from "./output.mjs";

/** Programs of the system that suites need, with Debian's names for them. */
const tools = [
  { name: "bubblewrap", programs: ["bwrap"], package: "bubblewrap", linuxOnly: true },
  { name: "Python", programs: ["python3"], package: "python3", linuxOnly: false },
  {
    name: "Chromium",
    programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    package: "chromium",
    linuxOnly: false,
  },
  { name: "git", programs: ["git"], package: "git", linuxOnly: false },
  { name: "MariaDB", programs: ["mariadbd"], package: "mariadb-server", linuxOnly: true },
  { name: "Redis", programs: ["redis-server"], package: "redis-server", linuxOnly: true },
  { name: "Mosquitto", programs: ["mosquitto"], package: "mosquitto", linuxOnly: true },
  { name: "Mosquitto's clients", programs: ["mosquitto_sub"], package: "mosquitto-clients", linuxOnly: true },
  { name: "RabbitMQ", programs: ["rabbitmq-server"], package: "rabbitmq-server", linuxOnly: true },
  { name: "Dovecot", programs: ["dovecot"], package: "dovecot-imapd", linuxOnly: true },
  { name: "OpenSSH", programs: ["sshd"], package: "openssh-server", linuxOnly: true },
  // Fetches Kafka, and comes with the Java that it runs on.
  { name: "Maven", programs: ["mvn"], package: "maven", linuxOnly: true },
  { name: "iproute2", programs: ["ip"], package: "iproute2", linuxOnly: true },
  { name: "InfluxDB", programs: ["influxd"], package: "influxdb", linuxOnly: true },
];

const aptPatienceMs = 8 * 60_000;

/** @param {string[]} programs */
function findOnPath(programs) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/usr/sbin"].filter(
    Boolean,
  );
  for (const program of programs) {
    const folder = folders.find((candidate) => existsSync(join(candidate, program)));
    if (folder) return join(folder, program);
  }
  return undefined;
}

/**
 * @typedef {{ missing: Map<string, string>, chromium: string | undefined }} Tools
 * `missing`: tools that are not there, with what to do about it
 */

/**
 * Finds the tools of these names, and installs what is missing where that can be done.
 * @param {import("./session.mjs").Session} session
 * @param {string[]} names
 * @returns {Promise<Tools>}
 */
export async function ensureTools(session, names) {
  const needed = new Set(names);
  const isMissing = (/** @type {typeof tools[number]} */ tool) =>
    needed.has(tool.name) && !(tool.linuxOnly && process.platform !== "linux") && !findOnPath(tool.programs);
  const absent = tools.filter(isMissing);
  const mayInstall = process.getuid?.() === 0 && findOnPath(["apt-get"]);
  if (absent.length > 0 && mayInstall)
    await install(
      session,
      absent.map((tool) => tool.package),
    );
  const missing = new Map(
    absent
      .filter(isMissing)
      .map((tool) => [tool.name, `${tool.name} is not installed; on Debian: apt-get install ${tool.package}`]),
  );
  for (const remedy of missing.values()) say(`${paint(33, "!")} ${remedy}`);
  return { missing, chromium: findOnPath(tools.find((tool) => tool.name === "Chromium")?.programs ?? []) };
}

/** @param {import("./session.mjs").Session} session @param {string[]} packages */
async function install(session, packages) {
  const begun = Date.now();
  say(`${paint(36, "•")} Installing ${packages.join(", ")} (apt-get) …`);
  // A server that is installed is not to be started too.
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const aptGet = (/** @type {string[]} */ ...args) =>
    session.run(["apt-get", "-q", "-y", ...args], { timeoutMs: aptPatienceMs, env });
  await aptGet("update");
  const { status, lines } = await aptGet("install", "--no-install-recommends", ...packages);
  if (status === 0) say(`${paint(32, "✓")} Installed (${seconds(begun)})`);
  else say(`${paint(33, "!")} apt-get failed: ${lines.slice(-3).join(" ")}`);
}
