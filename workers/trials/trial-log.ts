import { type TrialLine, trialPayload } from "@/lib/actions";
import { tell } from "@/lib/db";
import { logger } from "@/lib/logger";

const flushMs = 150;
const maxLineLength = 2_000;
const maxLines = 2_000;
const maxBytes = 256 * 1024;
/** Postgres carries less than 8000 bytes in one notification. */
const maxPayloadBytes = 7_500;

/** What a trial says: told as it comes to whoever follows, and kept from its beginning up to a limit. */
export class TrialLog {
  readonly kept: TrialLine[] = [];
  isCut = false;
  private bytes = 0;
  private untold: TrialLine[] = [];
  private timer: NodeJS.Timeout | undefined;
  private told = Promise.resolve();

  constructor(
    private readonly projectId: string,
    private readonly trialId: string,
    private readonly hide: (line: string) => string,
  ) {}

  add(stream: TrialLine["stream"], text: string): void {
    if (this.isCut) return;
    const line = this.hide(text).replaceAll("\0", "\ufffd").slice(0, maxLineLength);
    this.bytes += Buffer.byteLength(line);
    if (this.kept.length >= maxLines || this.bytes > maxBytes) {
      this.isCut = true;
      return;
    }
    this.kept.push({ stream, line });
    this.untold.push({ stream, line });
    this.timer ??= setTimeout(() => this.flush(), flushMs);
  }

  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const head = `${trialPayload(this.projectId, this.trialId)}\n`;
    const payloads = inPieces(this.untold.splice(0)).map((lines) => head + JSON.stringify(lines));
    if (payloads.length === 0) return this.told;
    // The end carries all of it again, so a piece that is lost on the way is no matter.
    this.told = this.told
      .then(() => tell("trial_log", payloads))
      .catch((error) => logger.debug({ err: error }, "a trial's log could not be told"));
    return this.told;
  }
}

function inPieces(lines: TrialLine[]): TrialLine[][] {
  const pieces: TrialLine[][] = [];
  let room = 0;
  for (const entry of lines) {
    const size = Buffer.byteLength(JSON.stringify(entry)) + 1;
    const last = pieces.at(-1);
    if (last && size <= room) {
      last.push(entry);
      room -= size;
    } else if (size <= maxPayloadBytes) {
      pieces.push([entry]);
      room = maxPayloadBytes - size;
    }
  }
  return pieces;
}
