import { join } from "node:path";
import { projectRoot } from "../../bin/install.mjs";

const color = process.stdout.isTTY;

/** @param {number} code @param {string} text */
export function paint(code, text) {
  return color ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** What a program says. @param {string} line */
export const print = (line) => say(`  ${line}`);

/** A program that the project has installed. @param {string} name */
export const bin = (name) => join(projectRoot, "node_modules", ".bin", name);

/** @param {number} since */
export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** What scripts read: always the last line, always in this form. @param {import("./tally.mjs").Tally} tally */
export function sayLastLine(tally) {
  for (const { stage, reason } of tally.failures) say(`${paint(31, "✗")} ${stage}: ${reason}`);
  for (const { stage, reason } of tally.skips) say(`${paint(33, "–")} ${stage}: ${reason}`);
  for (const { stage, reason } of tally.unsteady)
    say(`${paint(33, "!")} ${stage}: passed only when tried again, and wants mending: ${reason}`);
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : "";
  say(`${tally.passed} passed, ${tally.failed} failed${skipped}`);
}
