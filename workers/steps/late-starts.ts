import { type StepRecord, stepKey } from "@/lib/runs";

/** A start is written down only when the step is not over by then: most are, and then one row serves both. */
const noteAfterMs = 100;

/** The steps that have begun and are not worth a row of their own yet. */
export class LateStarts {
  private readonly waiting = new Map<string, { record: StepRecord; dueAt: number }>();
  private timer: NodeJS.Timeout | undefined;

  /** `write` gets the steps that are still under way when their time has come. */
  constructor(private readonly write: (records: StepRecord[]) => void) {}

  add(record: StepRecord): void {
    this.waiting.set(stepKey(record.runId, record.nodeId), { record, dueAt: Date.now() + noteAfterMs });
    this.timer ??= setTimeout(() => this.sweep(), noteAfterMs);
  }

  /** The step has ended, or is to be attempted again: its next row says so. */
  remove({ runId, nodeId }: Pick<StepRecord, "runId" | "nodeId">): void {
    this.waiting.delete(stepKey(runId, nodeId));
  }

  private sweep(): void {
    this.timer = undefined;
    const now = Date.now();
    const due: StepRecord[] = [];
    // In order of their times, as they were added.
    for (const [key, { record, dueAt }] of this.waiting) {
      if (dueAt > now) {
        this.timer = setTimeout(() => this.sweep(), dueAt - now);
        break;
      }
      this.waiting.delete(key);
      due.push(record);
    }
    if (due.length > 0) this.write(due);
  }
}
