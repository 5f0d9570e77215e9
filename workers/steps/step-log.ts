import type { LogLine } from "../action-runtime/protocol";
import type { StepRef } from "./execute-step";
import type { Ledger } from "./ledger";
import type { SecretMask } from "./mask";

/** The lines of one execution of a step, numbered as they come. */
export class StepLog {
  private seq = 0;

  constructor(
    private readonly ledger: Pick<Ledger, "appendLogs">,
    private readonly ref: StepRef,
  ) {}

  append(lines: LogLine[], mask: SecretMask): void {
    const { projectId, runId, nodeId, attempt } = this.ref;
    this.ledger.appendLogs(
      lines.map(([at, stream, line]) => ({
        projectId,
        runId,
        nodeId,
        attempt,
        seq: this.seq++,
        at: new Date(at).toISOString(),
        stream,
        // Postgres' text has no U+0000.
        line: mask.hide(line).replaceAll("\0", "\ufffd"),
      })),
    );
  }
}
