import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type CheckedPackage, checkPackage, findPackages } from "@/lib/actions/check-package";
import { listFiles } from "@/lib/archives/list-files";
import { isIsolated } from "@/lib/fleet/sandbox-level";
import { coerceInput } from "@/lib/values/coerce";
import type { JsonValue } from "@/lib/values/types";
import { errorOf } from "@/workers/action-runtime/error-of";
import { describeHost } from "@/workers/action-runtime/host";
import { Pools } from "@/workers/action-runtime/pools";
import { processSpec } from "@/workers/action-runtime/process-spec";
import type {
  LogLine,
  ProcessSpec,
  ProgressMessage,
  RunnerValue,
  RuntimeError,
} from "@/workers/action-runtime/protocol";
import { findLevel } from "@/workers/action-runtime/self-test";
import { buildPackage } from "@/workers/builds/build-package";
import { BuildFailed, type BuildTools } from "@/workers/builds/build-tools";
import { DependencyStore } from "@/workers/builds/dependency-store";
import { maxRequests } from "@/workers/listening/requests";
import { type CliContext, Failed, UsageError } from "./context";
import { printIssues } from "./issues";
import { FirstRun } from "./test-trigger";

export interface TestResult {
  outputs?: Record<string, unknown>;
  error?: { type: string; message: string; stack: RuntimeError["stack"] };
  logs: { stream: string; line: string }[];
  durationMs: number;
}

const timeLimitMs = 15 * 60_000;
const runnersDir = join(dirname(dirname(fileURLToPath(import.meta.url))), "workers", "action-runtime", "runners");

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "millrace", "action-test");
}

async function check(context: CliContext, dir: string): Promise<CheckedPackage> {
  const files = await listFiles(resolve(dir)).catch(() => {
    throw new UsageError(`${dir} cannot be read.`);
  });
  if (!findPackages(files).includes("")) throw new UsageError(`${dir} holds no ryax_metadata.yaml.`);
  const checked = await checkPackage("", files);
  if (checked.problems.length > 0) printIssues(context, dir, checked.problems);
  if (!checked.interface) throw new Failed("The package is not valid.");
  return checked;
}

function inputsOf(checked: CheckedPackage, given: Record<string, JsonValue>): Record<string, JsonValue> {
  const inputs: Record<string, JsonValue> = {};
  for (const input of checked.interface?.inputs ?? []) {
    const value = given[input.name] ?? input.defaultValue ?? null;
    if (value === null) {
      if (!input.optional) throw new UsageError(`The input “${input.name}” is required.`);
      inputs[input.name] = null;
      continue;
    }
    const coerced = coerceInput(input, value);
    // A path on this machine stands for a file.
    inputs[input.name] = coerced.ok ? coerced.value : value;
    const isFile = ["file", "directory", "table"].includes(input.type) && typeof value === "string";
    if (!coerced.ok && !isFile) throw new UsageError(`The input “${input.name}” must be ${coerced.expected}.`);
  }
  return inputs;
}

/** Runs a package's handler once, in the sandbox that this machine can make; a trigger until its first run. */
export async function testAction(
  context: CliContext,
  dir: string,
  given: Record<string, JsonValue>,
): Promise<TestResult> {
  const checked = await check(context, dir);
  const described = checked.interface as NonNullable<CheckedPackage["interface"]>;
  const inputs = inputsOf(checked, given);
  const packageDir = resolve(dir);
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const tools: BuildTools = {
    depsRoot: join(cache, "deps"),
    cacheRoot: join(cache, "cache"),
    toolsRoot: join(cache, "tools"),
  };
  const log = (line: string) => context.isTerminal && context.say(`  ${line}`);
  const state = mkdtempSync(join(tmpdir(), "millrace-test-"));
  // A sandbox's user passes through it to what is its own.
  chmodSync(state, 0o711);
  try {
    const built = await buildPackage(tools, packageDir, described, log);
    const host = await describeHost({
      ...{ runnersDir, stateDir: state, storeDirs: [packageDir, tools.depsRoot] },
      ownDirs: [state, cache],
    });
    const report = await findLevel(host, "L3");
    if (!isIsolated(report.level)) context.say(`Isolation level ${report.level}: ${report.meaning}`);
    const spec: ProcessSpec = processSpec({
      ...{ projectId: "local", sandboxNumber: 0, interface: described, packageDir },
      ...(await new DependencyStore(tools).of(built)),
      // Whoever runs a package on their own machine has granted what it asks for.
      network: described.network,
    });
    if (described.kind === "trigger") spec.trigger = { outputs: described.outputs, maxRequests };
    return await callOnce(
      new Pools(host, report.level),
      spec,
      inputs,
      described.resources.timeLimitMs ?? timeLimitMs,
      context,
    );
  } catch (error) {
    if (error instanceof BuildFailed) throw new Failed(error.message);
    throw error;
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

async function callOnce(
  pools: Pools,
  spec: ProcessSpec,
  inputs: Record<string, JsonValue>,
  timeoutMs: number,
  context: CliContext,
): Promise<TestResult> {
  const logs: TestResult["logs"] = [];
  const streamed: Record<number, { name: string; size: number }> = {};
  const sink = {
    lines: (lines: LogLine[]) => {
      for (const [, stream, line] of lines) {
        logs.push({ stream, line });
        if (context.isTerminal) context.say(`  ${line}`);
      }
    },
    file: (file: { stream: number; name: string }) => {
      streamed[file.stream] = { name: file.name, size: 0 };
    },
    chunk: (stream: number, bytes: Buffer) => {
      const entry = streamed[stream];
      if (entry) entry.size += bytes.length;
    },
    fileEnd: () => {},
    progress: ({ fraction, message }: ProgressMessage) => {
      if (context.isTerminal) context.say(`  ${Math.round(fraction * 100)} % ${message}`);
    },
  };
  const shown = (outputs: Record<string, RunnerValue>) =>
    Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => {
        if ("json" in value) return [name, value.json];
        return [
          name,
          "int" in value ? value.int : { file: streamed[value.stream]?.name, size: streamed[value.stream]?.size },
        ];
      }),
    );
  try {
    const process = await pools.of(spec).acquire();
    const started = performance.now();
    const first = spec.trigger && new FirstRun(process);
    const request = { inputs, files: [], timeoutMs: first ? null : timeoutMs, run: { runId: "local", attempt: 1 } };
    const { answer } = await process.call(request, { ...sink, request: (message) => first?.take(message) });
    first?.end();
    const durationMs = Math.round((performance.now() - started) * 100) / 100;
    await process.kill();
    if (first?.error) return { error: { ...first.error, stack: [] }, logs, durationMs };
    if (first?.outputs) return { outputs: shown(first.outputs), logs, durationMs };
    if (answer.type === "error") return { error: errorOf(answer.err), logs, durationMs };
    if (first)
      return { error: { type: "NoRun", message: "The trigger ended without a run.", stack: [] }, logs, durationMs };
    return { outputs: shown(answer.outputs), logs, durationMs };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { error: errorOf(error as RuntimeError), logs, durationMs: 0 };
  } finally {
    await pools.close();
  }
}
