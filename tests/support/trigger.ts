import { randomUUID } from "node:crypto";
import type { Listening } from "@/workers/action-runtime/client";
import type { RunnerAnswer, TriggerRequest } from "@/workers/action-runtime/protocol";
import { maxRequests, triggerRequestSchema } from "@/workers/listening/requests";
import type { Handler } from "./handler";
import { until } from "./wait";

/** A run that a trigger asked for. */
export interface AskedRun {
  identity: string;
  outputs: Record<string, unknown>;
  /** The content of outputs that are files. */
  files: Record<string, string>;
}

/** What lasts between the starts of a trigger: its cursors, and the runs by their identity. */
export class Memory {
  readonly cursors = new Map<string, string>();
  readonly runs = new Map<string, AskedRun>();
  /** How often runs were asked for, those that had been before included. */
  asked = 0;
  /** While true, no run becomes durable: what was asked for waits. */
  isDown = false;
  /** How many wait so. */
  waiting = 0;
  /** What is no run whatever is done: it is answered with an error. */
  isPoison: (outputs: Record<string, unknown>) => boolean = () => false;

  list(): AskedRun[] {
    return [...this.runs.values()];
  }

  async atLeast(count: number, timeoutMs = 20_000): Promise<AskedRun[]> {
    await until(`${count} runs were asked for`, () => this.runs.size >= count, timeoutMs);
    return this.list();
  }
}

/** A trigger of the catalogue that listens in its sandbox, with its requests answered from a memory. */
export class ListeningTrigger {
  private readonly lines: string[] = [];
  private readonly streams: { output: string; chunks: Buffer[] }[] = [];
  private readonly listening: Listening;
  private readonly timer: NodeJS.Timeout;
  private isOver = false;
  readonly ended: Promise<RunnerAnswer>;

  constructor(
    handler: Handler,
    inputs: Record<string, unknown>,
    private readonly memory: Memory,
  ) {
    handler.checkNames(inputs);
    const values = handler.described.inputs.map(({ name, defaultValue }) => [
      name,
      inputs[name] ?? defaultValue ?? null,
    ]);
    const { outputs } = handler.described;
    const request = {
      spec: { ...handler.spec, trigger: { outputs, maxRequests } },
      inputs: Object.fromEntries(values),
      files: [],
      timeoutMs: null,
      run: { runId: randomUUID(), attempt: 1 },
    };
    this.listening = handler.runnerd.client.listen(request, {
      lines: (more) => this.lines.push(...more.map(([, , line]) => line)),
      file: ({ stream, output }) => {
        this.streams[stream] = { output, chunks: [] };
      },
      chunk: (stream, bytes) => void this.streams[stream]?.chunks.push(Buffer.from(bytes)),
      fileEnd: () => {},
      progress: () => {},
      request: (message) => void this.answer(message),
    });
    const keep = () => this.listening.keep(10_000);
    this.timer = setInterval(keep, 1_000);
    this.ended = this.listening.ended.then(({ answer }) => {
      this.isOver = true;
      clearInterval(this.timer);
      return answer;
    });
    this.ended.catch(() => {});
  }

  get log(): string {
    return this.lines.join("\n");
  }

  says(text: string | RegExp, timeoutMs = 20_000): Promise<unknown> {
    return until(`it says ${text}`, () => this.log.match(text), timeoutMs);
  }

  /** Ends it in order, as a stopped workflow does. */
  async stop(): Promise<void> {
    this.listening.stop(3_000);
    await this.ended;
  }

  /** Ends it at once, as a machine that dies does. */
  async kill(): Promise<void> {
    this.listening.stop(0);
    await this.ended;
  }

  /** Why it failed. */
  async failure(): Promise<string> {
    const answer = await this.ended;
    if (answer.type === "result") throw new Error("It did not fail.");
    return `${answer.err.class}: ${answer.err.message}`;
  }

  private async answer({ request, method, params }: TriggerRequest): Promise<void> {
    const known = triggerRequestSchema.parse({ method, params });
    const streams = this.streams.splice(0);
    const { memory } = this;
    let result: string | null = null;
    let error: string | null = null;
    if (known.method === "get_cursor") result = memory.cursors.get(known.params.key) ?? null;
    else if (known.method === "set_cursor") {
      const { key, value } = known.params;
      if (value === null) memory.cursors.delete(key);
      else memory.cursors.set(key, value);
    } else if (known.method === "create_run") {
      memory.waiting++;
      await until("runs are accepted", () => !memory.isDown || this.isOver, 60_000);
      memory.waiting--;
      // What a dead one had asked for waits for nobody, also once runs are accepted again.
      if (memory.isDown || this.isOver) return;
      const { identity, outputs } = known.params;
      const plain = Object.entries(outputs).map(([name, value]) => [name, "json" in value ? value.json : value]);
      const files = streams.map(({ output, chunks }) => [output, Buffer.concat(chunks).toString()]);
      memory.asked++;
      const asked = { identity, outputs: Object.fromEntries(plain), files: Object.fromEntries(files) };
      if (memory.isPoison(asked.outputs)) error = "it does not fit";
      else {
        if (!memory.runs.has(identity)) memory.runs.set(identity, asked);
        result = identity;
      }
    }
    this.listening.answer({ request, result, error, rejected: error !== null });
  }
}
