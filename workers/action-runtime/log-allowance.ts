const maxBytes = 16 * 1024 * 1024;
const maxLines = 200_000;
const windowMs = 60_000;

/** How much a call may write to its log; what runs without an end may do so once a minute. */
export class LogAllowance {
  private bytes = 0;
  private lines = 0;
  private windowAt = Date.now();

  constructor(private readonly isEndless: boolean) {}

  /** False once it is used up. */
  take(bytes: number, lines: number): boolean {
    if (this.isEndless && Date.now() - this.windowAt > windowMs) {
      this.windowAt = Date.now();
      this.bytes = 0;
      this.lines = 0;
    }
    this.bytes += bytes;
    this.lines += lines;
    return this.bytes <= maxBytes && this.lines <= maxLines;
  }

  get limit(): string {
    return `${maxLines} lines or ${maxBytes >> 20} MiB${this.isEndless ? " in a minute" : ""}`;
  }
}
