import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../bin/install.mjs";
import { freePort } from "../../lib/free-port.mjs";
import { say } from "./output.mjs";
import { start, within } from "./processes.mjs";

/** The first start builds the web application, and may have to build the Temporal server. */
const startPatienceMs = 15 * 60_000;

/**
 * Starts the instance that the suites talk to, by the launcher as anybody would.
 * @param {import("./session.mjs").Session} session
 */
export async function startInstance(session) {
  session.assertGoing();
  const port = await freePort();
  let ready = () => {};
  const isReady = new Promise((resolve) => {
    ready = () => resolve(true);
  });
  // The address is where tests have git servers listen; no other private one may be reached.
  const own = { PORT: String(port), MILLRACE_HOME: session.home, MILLRACE_PRIVATE_NETWORKS: "127.9.0.1" };
  const env = session.environment(own);
  /** @type {string[]} */
  const lines = [];
  const launcher = start(process.execPath, ["bin/start.mjs"], {
    env,
    cwd: projectRoot,
    onLine: (line) => {
      lines.push(line);
      if (/^[•✓!✗]|^ {4}(?!npx )\S/.test(line)) say(`  ${line}`);
      if (line.startsWith("Ready after")) ready();
    },
  });
  session.running.add(launcher);
  session.stopInstance = async () => {
    session.stopInstance = undefined;
    session.running.delete(launcher);
    const inOrder = await session.stopLauncher(launcher);
    mkdirSync(join(session.home, "logs"), { recursive: true });
    writeFileSync(join(session.home, "logs", "launcher.log"), lines.join("\n"));
    if (session.interrupted) return;
    if (inOrder && launcher.child.exitCode === 0) session.tally.pass("stopping the instance");
    else session.tally.fail("stopping the instance", "it did not stop in time and in order");
  };
  await within(Promise.race([isReady, launcher.ended]), startPatienceMs);
  session.assertGoing();
  if (launcher.child.exitCode !== null) throw new Error(`the instance did not start:\n${lines.slice(-15).join("\n")}`);
}
