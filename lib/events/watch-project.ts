import { projectUseCase, type UserActor } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { openProject } from "@/lib/projects";
import type { StreamEvent } from "./change";
import { ChangeCollector } from "./change-collector";
import { watch } from "./hub";

const flushEveryMs = 200;
const heartbeatMs = 15_000;
/** Then the reader comes back, and with it the question who it is: a cookie that has run out does not stay open. */
const maxLifeMs = 10 * 60_000;

// A server that stops does not wait for streams that never end.
const stopping = new AbortController();
process.once("SIGTERM", () => stopping.abort());
process.once("SIGINT", () => stopping.abort());

/** Whether the reader may still see the project; a database that is away is no reason to say no. */
async function isStillMember(actor: UserActor, projectId: string): Promise<boolean> {
  try {
    await openProject(actor, projectId);
    return true;
  } catch (error) {
    return !(error instanceof AppError && error.code === "not_found");
  }
}

/** One reader's stream: what is to be told, and everything that ends it. */
class ProjectStream {
  private readonly encoder = new TextEncoder();
  private readonly collector = new ChangeCollector();
  private readonly timers: NodeJS.Timeout[] = [];
  private unwatch = () => {};
  private isOver = false;

  constructor(
    private readonly actor: UserActor,
    private readonly projectId: string,
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
  ) {}

  async open(): Promise<void> {
    stopping.signal.addEventListener("abort", this.end, { once: true });
    this.unwatch = await watch({
      projectId: this.projectId,
      userId: this.actor.userId,
      change: (topic, runId) => this.collector.add(topic, runId),
      missed: () => this.send("missed", {}),
      signedOut: this.close,
    });
    if (this.isOver) return this.unwatch();
    this.write(": open\n\n");
    this.timers.push(
      setInterval(this.flush, flushEveryMs),
      setInterval(this.heartbeat, heartbeatMs),
      setTimeout(this.end, maxLifeMs),
    );
  }

  private write(text: string): void {
    if (!this.isOver) this.controller.enqueue(this.encoder.encode(text));
  }

  private send(event: StreamEvent, data: unknown): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private readonly flush = (): void => {
    const change = this.collector.take();
    if (change) this.send("change", change);
  };

  private readonly heartbeat = async (): Promise<void> => {
    if (await isStillMember(this.actor, this.projectId)) this.write(": still here\n\n");
    else this.close();
  };

  /** The reader has no more business here. */
  private readonly close = (): void => {
    this.send("closed", {});
    this.end();
  };

  readonly end = (): void => {
    if (this.isOver) return;
    this.isOver = true;
    for (const timer of this.timers) clearTimeout(timer);
    stopping.signal.removeEventListener("abort", this.end);
    this.unwatch();
    try {
      this.controller.close();
    } catch {
      // The reader has gone first.
    }
  };
}

/** Tells a member what changes in the project, until it leaves, its session ends or its membership does. */
export const watchProject = projectUseCase("project.view", async (ctx) => {
  const { actor, project } = ctx;
  if (actor.kind !== "user") throw new AppError("forbidden", "Only people watch projects.");
  let stream: ProjectStream | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stream = new ProjectStream(actor, project.id, controller);
      return stream.open();
    },
    cancel: () => stream?.end(),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      // `no-transform` keeps proxies and our own compression from holding events back.
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
});
