/** Counted again without anybody waiting, counted before anything else is said, and not counted again this soon. */
const ages = { staleMs: 1_000, uselessMs: 10_000, freshMs: 100 } as const;

/**
 * How much of something is in use: what was counted a moment ago, and what this process has added since. What others
 * add in that moment is not known, so a limit may be passed by as much.
 */
export class Gauge<Counted> {
  private counted: { what: Counted; at: number } | undefined;
  private counting: Promise<void> | undefined;
  /** Added and perhaps not in what was counted. */
  private added = 0;
  private unwritten = 0;
  private sinceBegun = 0;

  constructor(private readonly count: () => Promise<Counted>) {}

  /** What `judge` says, which is asked a second time of fresh numbers before anything is refused. */
  async judge<Refusal>(judge: (counted: Counted, added: number) => Refusal | undefined): Promise<Refusal | undefined> {
    let known = await this.known();
    const refusal = judge(known.what, this.added);
    const isSure = this.added === 0 && Date.now() - known.at < ages.freshMs;
    if (refusal === undefined || isSure) return refusal;
    known = await this.countAgain();
    return judge(known.what, this.added);
  }

  /** @returns what to call once whoever counts can see it */
  add(amount: number): () => void {
    this.added += amount;
    this.unwritten += amount;
    this.sinceBegun += amount;
    return () => {
      this.unwritten -= amount;
    };
  }

  private async known() {
    const { counted } = this;
    const age = counted ? Date.now() - counted.at : Number.POSITIVE_INFINITY;
    if (!counted || age > ages.uselessMs) return this.countAgain();
    if (age > ages.staleMs) this.countAgain().catch(() => {});
    return counted;
  }

  private async countAgain() {
    this.counting ??= this.countOnce().finally(() => {
      this.counting = undefined;
    });
    await this.counting;
    return this.counted as { what: Counted; at: number };
  }

  private async countOnce(): Promise<void> {
    const unseen = this.unwritten;
    this.sinceBegun = 0;
    const what = await this.count();
    this.added = unseen + this.sinceBegun;
    this.counted = { what, at: Date.now() };
  }
}
