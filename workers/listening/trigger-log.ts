import { inProject, notify, withoutNul } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { appendTriggerLog, type TriggerLogLine } from "@/lib/triggers";
import type { LogLine } from "../action-runtime/protocol";
import type { SecretMask } from "../steps/mask";

const flushMs = 500;
const keptLines = 2_000;
/** What is written faster is left out: the log of what runs for months is there to be looked at. */
const maxLinesAtOnce = 500;
const maxLineChars = 4_000;

/** What a trigger writes, as it comes. */
export class TriggerLog {
  private waiting: TriggerLogLine[] = [];
  private leftOut = 0;
  private timer: NodeJS.Timeout | undefined;
  private written = Promise.resolve();

  constructor(
    private readonly projectId: string,
    private readonly workflowId: string,
    private readonly mask: () => SecretMask,
  ) {}

  add(lines: LogLine[]): void {
    for (const [at, stream, text] of lines) {
      if (this.waiting.length >= maxLinesAtOnce) this.leftOut++;
      else {
        const line = withoutNul(this.mask().hide(text)).slice(0, maxLineChars);
        this.waiting.push({ at: new Date(at), stream, line });
      }
    }
    this.timer ??= setTimeout(() => void this.flush(), flushMs);
  }

  say(text: string): void {
    this.add([[Date.now(), "system", text]]);
  }

  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.waiting.splice(0);
    if (this.leftOut > 0) {
      const line = `${this.leftOut} lines were left out: they came too fast.`;
      lines.push({ at: new Date(), stream: "system", line });
      this.leftOut = 0;
    }
    if (lines.length === 0) return this.written;
    this.written = this.written.then(() => this.write(lines));
    return this.written;
  }

  private async write(lines: TriggerLogLine[]): Promise<void> {
    const { projectId, workflowId } = this;
    await inProject(projectId, async (tx) => {
      await appendTriggerLog(tx, projectId, workflowId, lines, keptLines);
      await notify(tx, "project_changed", `${projectId}/trigger.log`);
    }).catch((error) => logger.warn({ reason: messageOf(error), workflowId }, "a trigger's log could not be written"));
  }
}
