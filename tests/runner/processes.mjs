import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Marks every process that a run of the tests starts, wherever it ends up. */
export const markName = "MILLRACE_TEST_SESSION";

/** @param {string} pid @param {string} file */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}

/**
 * The processes of a session that are still there: by the mark in their environment, or, where that was not passed on
 * (Postgres, Temporal, runnerd), by the session's folder on their command line.
 * @param {string} mark @param {string} folder
 */
export function findStrays(mark, folder) {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => read(pid, "cmdline").includes(folder) || read(pid, "environ").includes(`${markName}=${mark}`))
    .map((pid) => ({ pid: Number(pid), command: read(pid, "cmdline").split("\0").join(" ").trim().slice(0, 200) }))
    .filter(({ command }) => command !== "");
}

/** @param {number} pid @param {NodeJS.Signals} signal */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

/**
 * Starts a program in a process group of its own.
 * @param {string} command @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd: string, onLine: (line: string) => void }} options
 */
export function start(command, args, { env, cwd, onLine }) {
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
    stream.on("end", () => rest && onLine(rest));
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => {
      onLine(error.message);
      resolve(null);
    });
    child.once("close", (status) => resolve(status));
  });
  return { child, ended };
}

/** Resolves with false when it takes longer. @param {Promise<unknown>} promise @param {number} ms */
export async function within(promise, ms) {
  const timer = new AbortController();
  const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return inTime;
}
