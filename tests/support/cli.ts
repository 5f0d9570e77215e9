import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { instance } from "./instance";

const program = resolve(import.meta.dirname, "../../bin/millrace.mjs");

export interface CliResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The command line as somebody uses it who has a config folder of their own. */
export class Cli {
  readonly configFolder: string;
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    readonly folder: string,
    environment: NodeJS.Dict<string> = {},
  ) {
    mkdirSync(folder, { recursive: true });
    const { PATH, HOME, TMPDIR, XDG_CACHE_HOME, NODE_ENV } = process.env;
    this.configFolder = join(folder, "config");
    const kept = Object.entries({ PATH, HOME, TMPDIR, XDG_CACHE_HOME }).filter(([, value]) => value !== undefined);
    this.environment = {
      NODE_ENV,
      ...Object.fromEntries(kept),
      XDG_CONFIG_HOME: this.configFolder,
      MILLRACE_URL: instance().url,
      ...environment,
    };
  }

  with(environment: NodeJS.Dict<string>): Cli {
    return new Cli(this.folder, environment);
  }

  run(args: string[], stdin = ""): Promise<CliResult> {
    const child = spawn(process.execPath, [program, ...args], { env: this.environment, cwd: this.folder });
    const result: CliResult = { status: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      result.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      result.stderr += text;
    });
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
    return new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", (status) => done({ ...result, status }));
    });
  }

  /** Runs a command with `--json`. @throws Error unless it ends with `status` and prints exactly one document */
  async json<T = Record<string, unknown>>(args: string[], { status = 0, stdin = "" } = {}): Promise<T> {
    const result = await this.run(["--json", ...args], stdin);
    if (result.status !== status)
      throw new Error(`millrace ${args.join(" ")} ended with ${result.status}: ${result.stderr}${result.stdout}`);
    return JSON.parse(result.stdout) as T;
  }

  /** Runs a command for people. @throws Error unless it succeeds. @returns what it printed */
  async text(args: string[], stdin = ""): Promise<string> {
    const result = await this.run(args, stdin);
    if (result.status !== 0)
      throw new Error(`millrace ${args.join(" ")} ended with ${result.status}: ${result.stderr}`);
    return result.stdout;
  }
}
