import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { ActionInterface } from "@/lib/actions";
import { readMetadata } from "@/lib/actions/metadata";
import { pythonFor } from "@/workers/builds/build-tools";
import { buildPython } from "@/workers/builds/python";
import type { FileInput } from "./catalogue";
import { testHome } from "./instance";

const run = promisify(execFile);
const driver = resolve("tests/catalogue/servers/call_handler.py");

/** A folder's requirements, installed where the instance installs those of actions. @returns null where there are none */
export async function installed(
  folder: string,
  described: Pick<ActionInterface, "pythonVersion" | "extraRequirements">,
) {
  const home = testHome();
  const tools = { depsRoot: join(home, "deps"), cacheRoot: join(home, "cache"), toolsRoot: join(home, "tools") };
  const built = await buildPython(tools, folder, described as ActionInterface, () => {});
  return built ? join(tools.depsRoot, built.depsHash) : null;
}

interface Answer {
  outputs?: Record<string, unknown>;
  /** Of the outputs that are files. */
  paths?: Record<string, string>;
  error?: string;
}

export interface HandlerRun extends Answer {
  log: string;
}

/** An action of the catalogue that talks to a server of the test's own, which the sandbox's network does not let through. */
export class Handler {
  private constructor(
    private readonly id: string,
    private readonly described: ActionInterface,
    private readonly dependencies: string | null,
    private readonly python: string,
    private readonly folder: string,
  ) {}

  static async of(id: string): Promise<Handler> {
    const packageDir = resolve("actions", id);
    const { interface: described } = readMetadata(await readFile(join(packageDir, "ryax_metadata.yaml"), "utf8"));
    if (!described) throw new Error(`${id} is not valid.`);
    const [dependencies, python] = [await installed(packageDir, described), await pythonFor(described.pythonVersion)];
    return new Handler(id, described, dependencies, python.path, await mkdtemp(join(tmpdir(), `${id}-`)));
  }

  async run(inputs: Record<string, unknown>): Promise<HandlerRun> {
    const folder = await mkdtemp(join(this.folder, "call-"));
    const names = this.described.inputs.map(({ name }) => name);
    const unknown = Object.keys(inputs).find((name) => !names.includes(name));
    if (unknown) throw new Error(`${this.id} has no input ${unknown}.`);
    const filled: Record<string, unknown> = {};
    for (const { name, defaultValue, optional } of this.described.inputs) {
      const given = inputs[name] ?? defaultValue ?? null;
      if (given === null && !optional) throw new Error(`${this.id} needs ${name}.`);
      filled[name] = typeof given === "object" && given !== null ? await this.place(folder, given as FileInput) : given;
    }
    const file = join(folder, "inputs.json");
    await writeFile(file, JSON.stringify(filled));
    const args = ["-I", "-S", driver, resolve("actions", this.id), this.dependencies ?? "", file];
    const env = { PATH: "/usr/bin:/bin", TMPDIR: folder, HOME: folder, NODE_ENV: "test" as const };
    const { stdout } = await run(this.python, args, { env, maxBuffer: 64 << 20 });
    const lines = stdout.trimEnd().split("\n");
    return { ...(JSON.parse(lines.pop() ?? "") as Answer), log: lines.join("\n").trim() };
  }

  /** The outputs of a call that must succeed. */
  async outputsOf(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { outputs, error } = await this.run(inputs);
    if (!outputs) throw new Error(error);
    return outputs;
  }

  /** Why a call that must fail did. */
  async failureOf(inputs: Record<string, unknown>): Promise<string> {
    const { outputs, error } = await this.run(inputs);
    if (error === undefined) throw new Error(`It did not fail, but gave ${JSON.stringify(outputs)}`);
    return error;
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A folder of the machine goes in as it is. */
  private async place(folder: string, input: FileInput | { path: string }): Promise<string> {
    if ("path" in input) return input.path;
    if ("file" in input) return resolve("actions", this.id, input.file);
    const path = join(folder, basename(input.name));
    await writeFile(path, input.content);
    return path;
  }
}
