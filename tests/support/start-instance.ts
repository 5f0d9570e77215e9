import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/free-port.mjs";

const startPatienceMs = 110_000;

/** An instance of its own on a free port, started by the launcher as anybody would; the current folder is the checkout's root. */
export class StartedInstance {
  /** Its state folder. */
  readonly home = mkdtempSync(join(tmpdir(), "millrace-"));
  private launcher: ChildProcess | undefined;
  private text = "";

  private constructor(
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  static async start(env: Record<string, string>): Promise<StartedInstance> {
    const started = new StartedInstance(await freePort(), env);
    try {
      await started.startAgain();
    } catch (error) {
      rmSync(started.home, { recursive: true, force: true });
      throw error;
    }
    return started;
  }

  /** All that the launcher has said since its last start. */
  output(): string {
    return this.text;
  }

  /** Resolves once it is ready. */
  async startAgain(): Promise<void> {
    const launcher = spawn(process.execPath, [join("bin", "start.mjs")], {
      env: { ...process.env, ...this.env, PORT: String(this.port), MILLRACE_HOME: this.home },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.launcher = launcher;
    this.text = "";
    // Before the test that waits for it gives up, which would leave it behind.
    const timer = setTimeout(() => launcher.kill("SIGINT"), startPatienceMs);
    await new Promise<void>((ready, reject) => {
      for (const stream of [launcher.stdout, launcher.stderr]) {
        stream.on("data", (data) => {
          this.text += data;
          if (this.text.includes("Ready after")) ready();
        });
      }
      launcher.once("exit", () => reject(new Error(`the instance did not start:\n${this.text}`)));
    }).finally(() => clearTimeout(timer));
  }

  /** Ends the launcher as a machine short of memory does, which leaves it no time for anything. */
  async killLauncher(): Promise<void> {
    const { launcher } = this;
    if (!launcher) return;
    const ended = new Promise<void>((done) => launcher.once("exit", () => done()));
    launcher.kill("SIGKILL");
    await ended;
  }

  /** Nobody reads any more what the launcher says. */
  stopReading(): void {
    this.launcher?.stdout?.destroy();
    this.launcher?.stderr?.destroy();
  }

  /** What Ctrl-C does. */
  async interrupt(): Promise<void> {
    const { launcher } = this;
    if (!launcher || launcher.exitCode !== null || launcher.signalCode !== null) return;
    const ended = new Promise<void>((done) => launcher.once("exit", () => done()));
    launcher.kill("SIGINT");
    await ended;
  }

  /** Stops it in order and removes its folder. */
  async stop(): Promise<void> {
    await this.interrupt();
    rmSync(this.home, { recursive: true, force: true });
  }
}

export function startInstance(env: Record<string, string> = {}): Promise<StartedInstance> {
  return StartedInstance.start(env);
}
