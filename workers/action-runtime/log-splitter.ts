import type { LogStream } from "@/drizzle/enums";
import type { LogLine } from "./protocol";

const newline = 0x0a;
const maxLineBytes = 16 * 1024;
const streamOfTag: Record<string, LogStream> = { E: "stderr", S: "system" };

/**
 * Cuts a runner's output into lines. A line that starts with NUL and the call's mark ends the call's log; any other
 * mark is an ordinary line. NUL and a letter tag what is not stdout.
 */
export class LogSplitter {
  private rest = Buffer.alloc(0);
  /** The runner writes a line end before its mark; an empty line is held until it is known not to be that one. */
  private heldEmptyLine: LogLine | undefined;

  constructor(private readonly onMark: (mark: string) => boolean) {}

  /** The complete lines in these bytes and what was kept before them. */
  push(bytes: Buffer): LogLine[] {
    const lines: LogLine[] = [];
    const at = Date.now();
    let data = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline)) {
      this.line(data.subarray(0, end), at, lines);
      data = data.subarray(end + 1);
    }
    while (data.length > maxLineBytes) {
      this.line(data.subarray(0, maxLineBytes), at, lines);
      data = data.subarray(maxLineBytes);
    }
    this.rest = Buffer.from(data);
    return lines;
  }

  /** What is left when no more will come. */
  end(): LogLine[] {
    const lines: LogLine[] = [];
    if (this.rest.length > 0) this.line(this.rest, Date.now(), lines);
    this.rest = Buffer.alloc(0);
    if (this.heldEmptyLine) lines.push(this.heldEmptyLine);
    this.heldEmptyLine = undefined;
    return lines;
  }

  private line(bytes: Buffer, at: number, lines: LogLine[]): void {
    const text = bytes.toString("utf8");
    if (text.startsWith("\0") && this.onMark(text.slice(1))) {
      this.heldEmptyLine = undefined;
      return;
    }
    for (let start = 0; start < text.length || text === ""; start += maxLineBytes) {
      this.tagged(text.slice(start, start + maxLineBytes), at, lines);
      if (text === "") return;
    }
  }

  private tagged(text: string, at: number, lines: LogLine[]): void {
    const tagAt = text.search(/\0[ES]/);
    if (tagAt > 0) {
      this.emit([at, "stdout", text.slice(0, tagAt)], lines);
      this.tagged(text.slice(tagAt), at, lines);
    } else if (tagAt === 0) {
      this.emit([at, streamOfTag[text[1] ?? ""] ?? "stdout", text.slice(2)], lines);
    } else {
      this.emit([at, "stdout", text], lines);
    }
  }

  private emit(line: LogLine, lines: LogLine[]): void {
    if (this.heldEmptyLine) lines.push(this.heldEmptyLine);
    this.heldEmptyLine = undefined;
    if (line[2] === "" && line[1] === "stdout") this.heldEmptyLine = line;
    else lines.push(line);
  }
}
