import { supervisorError, type TriggerRequest } from "@/workers/action-runtime/protocol";
import type { SandboxProcess } from "@/workers/action-runtime/sandbox-process";
import { type KnownRequest, triggerRequestSchema } from "@/workers/listening/requests";

type Outputs = Extract<KnownRequest, { method: "create_run" }>["params"]["outputs"];

const firstRunMs = 60_000;
const graceMs = 2_000;

/** What a trigger asks for while it is tried out: it is answered as the server does until it asks for its first run. */
export class FirstRun {
  outputs: Outputs | undefined;
  error: { type: string; message: string } | undefined;
  private readonly cursor = new Map<string, string>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly process: SandboxProcess) {
    const message = `The trigger started no run within ${firstRunMs / 1000} s.`;
    this.timer = setTimeout(() => process.die(supervisorError("timeout", message)), firstRunMs);
  }

  take({ request, method, params }: TriggerRequest): void {
    const asked = triggerRequestSchema.parse({ method, params });
    const result = this.resultOf(asked);
    this.process.answer({ request, result, error: null });
    if (asked.method.startsWith("create")) this.stop();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private resultOf(asked: KnownRequest): string | null {
    if (asked.method === "get_cursor") return this.cursor.get(asked.params.key) ?? null;
    if (asked.method === "set_cursor") {
      if (asked.params.value === null) this.cursor.delete(asked.params.key);
      else this.cursor.set(asked.params.key, asked.params.value);
    } else if (asked.method === "create_run") {
      this.outputs ??= asked.params.outputs;
      return "test";
    } else if (asked.method === "create_invalid") {
      this.error ??= { type: "OutputInvalid", message: asked.params.reason };
    } else {
      this.error ??= { type: "RunError", message: "The trigger asked for a run in error." };
    }
    return null;
  }

  private stop(): void {
    this.process.interrupt();
    const stopped = supervisorError("canceled", "The trigger did not end when it was stopped.");
    setTimeout(() => this.process.die(stopped), graceMs).unref();
  }
}
