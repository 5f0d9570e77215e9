import { projectUseCase } from "@/lib/auth";
import { listen } from "@/lib/db";
import { newId } from "@/lib/ids";
import { logger } from "@/lib/logger";
import type { JsonValue } from "@/lib/values/types";
import type { TrialEnd, TrialLine } from "./contract";
import { openPackage } from "./open-package";
import { readTrialInputs, type TrialFile } from "./read-inputs";
import { type StartedTrial, startTrial, type TrialRequest } from "./start-trial";
import { type TrialEvent, trialPayload } from "./stream";

const heartbeatMs = 15_000;

const lost: TrialEnd = {
  state: "failed",
  outputs: null,
  error: { type: "InternalError", message: "The test was lost. The instance's log says why.", stack: [] },
  problem: null,
  durationMs: null,
  log: [],
  isLogCut: true,
};

/** A trial as it is followed: what it says is passed on, and a reader who leaves stops it. */
class TrialStream {
  private readonly encoder = new TextEncoder();
  private trial: StartedTrial | undefined;
  private isOver = false;
  private readonly timer = setInterval(() => this.write(": still here\n\n"), heartbeatMs);

  constructor(
    private readonly request: TrialRequest,
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
  ) {}

  async run(): Promise<void> {
    const { projectId, trialId } = this.request;
    const mine = `${trialPayload(projectId, trialId)}\n`;
    let unlisten = () => {};
    try {
      unlisten = await listen(
        "trial_log",
        (payload) => payload.startsWith(mine) && this.send("log", JSON.parse(payload.slice(mine.length))),
        () => {},
      );
      this.trial = await startTrial(this.request);
      // The reader left while it was being started.
      if (this.isOver) await this.trial.cancel();
      this.send("end", await this.trial.result());
    } catch (error) {
      if (this.isOver) return;
      logger.warn({ err: error }, "a trial was lost");
      this.send("end", lost);
    } finally {
      unlisten();
      this.close();
    }
  }

  async leave(): Promise<void> {
    this.isOver = true;
    clearInterval(this.timer);
    await this.trial?.cancel().catch((error) => logger.debug({ err: error }, "a trial had ended already"));
  }

  private close(): void {
    clearInterval(this.timer);
    if (this.isOver) return;
    this.isOver = true;
    this.controller.close();
  }

  private send(event: TrialEvent, data: TrialEnd | TrialLine[]): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private write(text: string): void {
    if (!this.isOver) this.controller.enqueue(this.encoder.encode(text));
  }
}

export interface Trial {
  package: string;
  inputs: Record<string, JsonValue | TrialFile>;
}

/** Runs a package as a push and a run would, and keeps none of it. */
export const tryAction = projectUseCase("actions.manage", async (ctx, input: Trial): Promise<Response> => {
  const described = await openPackage(input.package);
  const request: TrialRequest = {
    projectId: ctx.project.id,
    trialId: newId("trial"),
    package: input.package,
    interface: described,
    inputs: readTrialInputs(described.inputs, input.inputs),
  };
  let stream: TrialStream | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stream = new TrialStream(request, controller);
      // Not awaited: what is written before the start has settled would wait for all of it.
      void stream.run();
    },
    cancel: () => stream?.leave(),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
});
