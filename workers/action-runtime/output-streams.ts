import type { OutputFile } from "./protocol";

/** As many as metadata may declare outputs. */
const maxWhole = 64;
/** Files of directories. */
const maxParts = 100_000;

/**
 * What a runner may stream for one call: one thing at a time, each under a number of its own. A runner in hostile hands
 * could otherwise have the worker hold any number of files open, or wait for an end that never comes.
 */
export class OutputStreams {
  private readonly seen = new Set<number>();
  private open: number | undefined;
  private whole = 0;

  /** @throws Error what the runner may not do */
  begin({ stream, kind, path }: OutputFile): void {
    if (this.open !== undefined) throw new Error("two outputs at a time");
    if (this.seen.has(stream)) throw new Error("an output that was sent already");
    if (kind !== "directory" || path === "") this.whole++;
    if (this.whole > maxWhole) throw new Error("too many outputs");
    if (this.seen.size > maxParts) throw new Error(`more than ${maxParts} files among the outputs`);
    this.seen.add(stream);
    this.open = stream;
  }

  expect(stream: number): void {
    if (this.open !== stream) throw new Error("a part of an output that was not announced");
  }

  end(stream: number): void {
    this.expect(stream);
    this.open = undefined;
  }

  /** What has been announced must have come. */
  conclude(): void {
    if (this.open !== undefined) throw new Error("a result before the end of its output");
  }
}
