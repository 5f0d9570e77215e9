import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { instance } from "./instance";

/** Another worker beside an instance's own, as another machine would have it. */
export class SecondWorker {
  private constructor(private readonly child: ChildProcess) {}

  static async start(home: string): Promise<SecondWorker> {
    const environ = readFileSync(`/proc/${instance(home).pids.worker}/environ`, "utf8")
      .split("\0")
      .filter(Boolean);
    const env = Object.fromEntries(
      environ.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    delete env.NODE_CHANNEL_FD;
    const child = spawn(process.execPath, [join("dist", "worker.mjs")], {
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    await new Promise<void>((ready, reject) => {
      child.once("message", () => ready());
      child.once("exit", (code) => reject(new Error(`the second worker ended with ${code}`)));
    });
    return new SecondWorker(child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise<void>((done) => this.child.once("exit", () => done()));
    this.child.kill("SIGKILL");
    await ended;
  }
}
