import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { ActionInterface } from "@/lib/actions";
import { readMetadata } from "@/lib/actions/metadata";
import type { NetworkAccess } from "@/lib/actions/network";
import { processSpec } from "@/workers/action-runtime/process-spec";
import type { ProcessSpec, RunnerAnswer } from "@/workers/action-runtime/protocol";
import { buildPython } from "@/workers/builds/python";
import type { FileInput } from "./catalogue";
import { farNetworks } from "./far-network";
import { testHome } from "./instance";
import { TestRunnerd } from "./runnerd";

const localAddress = "127.0.0.1";
const isRoot = process.getuid?.() === 0;

/**
 * How a handler reaches the servers of a test, which listen on this machine: under a name of the gateway's own. Who cannot
 * name addresses writes them as one number, which resolvers read and no sandbox takes for its own.
 */
export const serverName = isRoot ? "server.test" : "2130706433";

/** As whose handlers run. */
export const testProject = "project1";

type Requirements = Pick<ActionInterface, "pythonVersion" | "extraRequirements">;

/** A folder's requirements, installed where the instance installs those of actions. @returns null where there are none */
export async function installed(folder: string, described: Requirements) {
  const home = testHome();
  const tools = { depsRoot: join(home, "deps"), cacheRoot: join(home, "cache"), toolsRoot: join(home, "tools") };
  const built = await buildPython(tools, folder, described as ActionInterface, () => {});
  if (built?.lock.language !== "python") return null;
  return { folder: join(tools.depsRoot, built.depsHash), python: built.lock.python };
}

export interface HandlerRun {
  outputs?: Record<string, unknown>;
  /** Of the outputs that are files and folders, as they came. */
  paths: Record<string, string>;
  error?: string;
  log: string;
}

/** One runnerd serves all handlers of a test file, and ends with the last one. */
let shared: { runnerd: Promise<TestRunnerd>; users: number } | undefined;

function openRunnerd(folders: string): Promise<TestRunnerd> {
  const env = { MILLRACE_PRIVATE_NETWORKS: `${localAddress},${farNetworks}`, MILLRACE_FOLDERS: folders };
  const hosts: Record<string, string> = isRoot ? { [serverName]: localAddress } : {};
  shared ??= {
    runnerd: TestRunnerd.start(env, hosts, [], [resolve("actions"), join(testHome(), "deps")]),
    users: 0,
  };
  shared.users++;
  return shared.runnerd;
}

/** What a call streams, put together again. */
class Streams {
  private readonly streams: { output: string; kind: string; name: string; path: string; chunks: Buffer[] }[] = [];

  readonly sink = {
    file: ({ stream, ...file }: { stream: number; output: string; kind: string; name: string; path: string }) => {
      this.streams[stream] = { ...file, chunks: [] };
    },
    chunk: (stream: number, bytes: Buffer) => {
      this.streams[stream]?.chunks.push(Buffer.from(bytes));
    },
    fileEnd: () => {},
    progress: () => {},
  };

  kindOf(stream: number): string | undefined {
    return this.streams[stream]?.kind;
  }

  valueOf(stream: number): unknown {
    return JSON.parse(Buffer.concat(this.streams[stream]?.chunks ?? []).toString());
  }

  /** Writes what is files below a folder. @returns the path of each output */
  write(folder: string): Record<string, string> {
    const paths: Record<string, string> = {};
    for (const { output, kind, name, path, chunks } of this.streams) {
      if (kind === "value") continue;
      const root = join(folder, "outputs", output, name);
      paths[output] = root;
      mkdirSync(path || kind !== "directory" ? dirname(join(root, path)) : root, { recursive: true });
      if (path || kind !== "directory") writeFileSync(join(root, path), Buffer.concat(chunks));
    }
    return paths;
  }
}

/** An action of the catalogue in its sandbox, that may reach the servers of the test through the gateway. */
export class Handler {
  private constructor(
    readonly id: string,
    readonly described: ActionInterface,
    readonly runnerd: TestRunnerd,
    readonly spec: ProcessSpec,
    private readonly folder: string,
  ) {}

  /** `folders`: what the operator grants, which the first handler of a file says for all of them. */
  static async of(id: string, granted?: NetworkAccess, folders = ""): Promise<Handler> {
    const packageDir = resolve("actions", id);
    const { interface: described } = readMetadata(await readFile(join(packageDir, "ryax_metadata.yaml"), "utf8"));
    if (!described) throw new Error(`${id} is not valid.`);
    const dependencies = await installed(packageDir, described);
    const spec = processSpec({
      ...{ projectId: testProject, sandboxNumber: 1, interface: described, packageDir },
      ...{ depsDir: dependencies?.folder ?? null, python: dependencies?.python ?? null },
      // All that its package asks for is granted, unless a test says otherwise.
      network: granted ?? described.network,
    });
    return new Handler(id, described, await openRunnerd(folders), spec, await mkdtemp(join(tmpdir(), `${id}-`)));
  }

  async run(inputs: Record<string, unknown>): Promise<HandlerRun> {
    const folder = await mkdtemp(join(this.folder, "call-"));
    this.checkNames(inputs);
    const values: Record<string, unknown> = {};
    const files: { input: string; kind: "file" | "directory"; hostPath: string; name: string }[] = [];
    for (const { name, type, defaultValue, optional } of this.described.inputs) {
      const given = inputs[name] ?? defaultValue ?? null;
      if (given === null && !optional) throw new Error(`${this.id} needs ${name}.`);
      if (typeof given !== "object" || given === null) values[name] = given;
      else {
        const hostPath = await this.place(folder, given as FileInput);
        const kind = type === "directory" ? "directory" : "file";
        files.push({ input: name, kind, hostPath, name: basename(hostPath) });
      }
    }
    const streams = new Streams();
    const lines: string[] = [];
    const handlers = {
      ...streams.sink,
      lines: (more: [number, string, string][]) => lines.push(...more.map(([, , line]) => line)),
    };
    const request = { spec: this.spec, inputs: values, files, timeoutMs: 60_000, run: { runId: "test", attempt: 1 } };
    const { answer } = await this.runnerd.client.call(request, handlers, new AbortController().signal);
    const none = Object.fromEntries(this.described.outputs.map(({ name }) => [name, null]));
    return { ...settled(answer, streams, none), paths: streams.write(folder), log: lines.join("\n") };
  }

  checkNames(inputs: Record<string, unknown>): void {
    const names = this.described.inputs.map(({ name }) => name);
    const unknown = Object.keys(inputs).find((name) => !names.includes(name));
    if (unknown) throw new Error(`${this.id} has no input ${unknown}.`);
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
    if (!shared || --shared.users > 0) return;
    shared = undefined;
    await this.runnerd.stop();
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

function settled(
  answer: RunnerAnswer,
  streams: Streams,
  none: Record<string, null>,
): Pick<HandlerRun, "outputs" | "error"> {
  if (answer.type === "error")
    return { error: `${answer.err.class}: ${answer.err.ryax?.message || answer.err.message}` };
  const plain = Object.entries(answer.outputs).map(([name, value]) => {
    if ("json" in value) return [name, value.json];
    if ("int" in value) return [name, Number(value.int)];
    return [name, streams.kindOf(value.stream) === "value" ? streams.valueOf(value.stream) : { stream: value.stream }];
  });
  return { outputs: { ...none, ...Object.fromEntries(plain) } };
}
