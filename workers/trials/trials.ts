import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { TrialEnd, TrialRequest } from "@/lib/actions";
import { problemOfBuild } from "@/lib/actions/problem-of-build";
import { inProject } from "@/lib/db";
import { type Issue, messageOf } from "@/lib/errors";
import { limitsOf as projectLimitsOf } from "@/lib/limits";
import { findProject } from "@/lib/projects";
import type { RunnerdClient } from "../action-runtime/client";
import { errorOf } from "../action-runtime/error-of";
import { processSpec } from "../action-runtime/process-spec";
import type { LogLine, ProcessSpec, RunnerAnswer, RuntimeError } from "../action-runtime/protocol";
import { describeCaps, timeLimitOf } from "../action-runtime/resource-limits";
import { buildPackage } from "../builds/build-package";
import { BuildFailed, type BuildTools } from "../builds/build-tools";
import { DependencyStore } from "../builds/dependency-store";
import type { Grants } from "../steps/grants";
import { SecretMask } from "../steps/mask";
import { OutputInvalid } from "../steps/output-receiver";
import type { Staged } from "../steps/stage-files";
import { problemOfError } from "./problem-of-error";
import { readOutputs, TrialReceiver } from "./read-outputs";
import { stageTrialFiles } from "./stage-trial-files";
import { TrialLog } from "./trial-log";
import { unpackTrial } from "./unpack-trial";

export interface TrialDependencies {
  runnerd: RunnerdClient;
  tools: BuildTools;
  grants: Grants;
  /** Why no handler may run on this machine, or null. */
  refusal: () => string | null;
  /** Where sandboxes can see packages. */
  packagesRoot: string;
}

const defaultTimeLimitMs = 60_000;
/** Somebody waits for it before a screen. */
const longestTimeLimitMs = 5 * 60_000;

interface Finding {
  error: NonNullable<TrialEnd["error"]>;
  problem: Issue | null;
}

/** Runs packages that are not stored: what an import, a build and a step do, with nothing of it kept. */
export class Trials {
  private readonly dependencies: DependencyStore;

  constructor(private readonly deps: TrialDependencies) {
    this.dependencies = new DependencyStore(deps.tools);
  }

  async run(request: TrialRequest, signal: AbortSignal): Promise<TrialEnd> {
    const described = request.interface;
    const passwords = described.inputs.filter((input) => input.type === "password");
    const mask = new SecretMask(passwords.map((input) => String(request.inputs.values[input.name] ?? "")));
    const log = new TrialLog(request.projectId, request.trialId, (line) => mask.hide(line));
    const packageDir = join(this.deps.packagesRoot, `trial-${request.trialId}`);
    try {
      const end = await this.attempt(request, packageDir, log, mask, signal);
      await log.flush();
      return { ...end, log: log.kept, isLogCut: log.isCut };
    } finally {
      await rm(packageDir, { recursive: true, force: true });
    }
  }

  private async attempt(
    request: TrialRequest,
    packageDir: string,
    log: TrialLog,
    mask: SecretMask,
    signal: AbortSignal,
  ): Promise<Omit<TrialEnd, "log" | "isLogCut">> {
    const failed = ({ error, problem }: Finding, durationMs: number | null = null) => ({
      state: "failed" as const,
      outputs: null,
      error: { ...error, message: mask.hide(error.message) },
      problem: problem && { ...problem, message: mask.hide(problem.message) },
      durationMs,
    });
    const refusal = this.deps.refusal();
    if (refusal) return failed({ error: { type: "SandboxUnavailable", message: refusal, stack: [] }, problem: null });
    let spec: ProcessSpec;
    let staged: Staged;
    try {
      await unpackTrial(request.package, packageDir);
      spec = await this.build(request, packageDir, log);
      staged = await stageTrialFiles(request.inputs.files);
    } catch (error) {
      if (!(error instanceof BuildFailed)) throw error;
      const { message } = error;
      return failed({ error: { type: "BuildFailed", message, stack: [] }, problem: problemOfBuild(message) });
    }
    const receiver = new TrialReceiver();
    const started = performance.now();
    const answer = await this.call(request, spec, staged, { receiver, log }, signal).finally(staged.remove);
    const durationMs = Math.round((performance.now() - started) * 100) / 100;
    if (answer.type === "error") {
      if (answer.err.origin === "runtime" && answer.err.class === "Canceled")
        return { state: "canceled", outputs: null, error: null, problem: null, durationMs };
      return failed(findingOf(answer.err), durationMs);
    }
    try {
      const outputs = readOutputs(request.interface.outputs, answer.outputs, receiver);
      return { state: "completed", outputs, error: null, problem: null, durationMs };
    } catch (error) {
      if (!(error instanceof OutputInvalid)) throw error;
      return failed({ error: { type: error.name, message: messageOf(error), stack: [] }, problem: null }, durationMs);
    }
  }

  private async build(request: TrialRequest, packageDir: string, log: TrialLog): Promise<ProcessSpec> {
    const described = request.interface;
    const caps = await projectLimitsOf(request.projectId);
    for (const line of describeCaps(described.resources, caps)) log.add("build", line);
    const built = await buildPackage(this.deps.tools, packageDir, described, (line) => log.add("build", line));
    const project = await inProject(request.projectId, (tx) => findProject(tx, request.projectId));
    if (!project) throw new Error("The project was deleted.");
    return processSpec({
      caps,
      ...{ projectId: request.projectId, sandboxNumber: project.sandboxNumber, interface: described, packageDir },
      ...(await this.dependencies.of(built)),
      network: await this.deps.grants.find(request.projectId, described.id),
    });
  }

  private async call(
    request: TrialRequest,
    spec: ProcessSpec,
    staged: Staged,
    { receiver, log }: { receiver: TrialReceiver; log: TrialLog },
    signal: AbortSignal,
  ): Promise<RunnerAnswer> {
    const { timeLimitMs } = request.interface.resources;
    const caps = await projectLimitsOf(request.projectId);
    const { answer } = await this.deps.runnerd.call(
      {
        spec,
        inputs: request.inputs.values,
        files: staged.files,
        timeoutMs: Math.min(timeLimitOf(timeLimitMs ?? defaultTimeLimitMs, caps), longestTimeLimitMs),
        run: { runId: request.trialId, attempt: 1 },
        isOnlyCall: true,
      },
      {
        lines: (lines: LogLine[]) => {
          for (const [, stream, line] of lines) log.add(stream, line);
        },
        file: receiver.file.bind(receiver),
        chunk: receiver.chunk.bind(receiver),
        fileEnd: () => {},
        progress: ({ fraction, message }) => log.add("system", `${Math.round(fraction * 100)} % ${message}`),
      },
      signal,
    );
    return answer;
  }
}

function findingOf(err: RuntimeError): Finding {
  const error = errorOf(err);
  return { error, problem: problemOfError(error) };
}
