/** Adds up what the stages report. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** @type {{ stage: string, reason: string }[]} */
  failures = [];
  /** @type {{ stage: string, reason: string }[]} */
  skips = [];
  /** What failed and passed when tried again. @type {{ stage: string, reason: string }[]} */
  unsteady = [];

  /** @param {string} stage @param {import("./reports.mjs").Counts} counts */
  add(stage, counts) {
    this.passed += counts.passed;
    this.failed += counts.failed;
    this.skipped += counts.skipped;
    for (const reason of counts.unsteady ?? []) this.unsteady.push({ stage, reason });
    if (counts.failed === 0) return;
    const reasons = counts.failures?.length ? counts.failures : [`${counts.failed} failed`];
    for (const reason of reasons) this.failures.push({ stage, reason });
  }

  /** @param {string} stage */
  pass(stage) {
    this.add(stage, { passed: 1, failed: 0, skipped: 0 });
  }

  /** @param {string} stage @param {string} reason */
  fail(stage, reason) {
    this.failed++;
    this.failures.push({ stage, reason });
  }

  /** A whole stage that cannot run here. @param {string} stage @param {string} reason */
  skip(stage, reason) {
    this.skipped++;
    this.skips.push({ stage, reason });
  }
}
