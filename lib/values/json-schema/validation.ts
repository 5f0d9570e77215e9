import type { JsonValue } from "../types";
import { maxViolations, type Violation } from "./document";

/** One check of a value, made of one keyword or of a whole schema. */
export type Check = (value: JsonValue, validation: Validation) => void;

/** Far more than honest schemas need for a value that still fits in a body; some seconds at the very most. */
const maxSteps = 5_000_000;
const maxNesting = 1_000;

export class TooMuchWork extends Error {}

/** The judging of one value, with a count of its work that a schema made to explode cannot get around. */
export class Validation {
  found: Violation[] = [];
  private readonly path: (string | number)[] = [];
  private steps = 0;
  private nesting = 0;

  get isFull(): boolean {
    return this.found.length >= maxViolations;
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > maxSteps) throw new TooMuchWork();
  }

  fail(expected: string, ...inner: string[]): void {
    this.spend(10 + this.path.length);
    if (!this.isFull) this.found.push({ at: [...this.path, ...inner].join("."), expected });
  }

  /** Judges a part of the value that is judged now. */
  within(step: string | number, check: Check, value: JsonValue): void {
    this.path.push(step);
    check(value, this);
    this.path.pop();
  }

  /** A schema within a schema, for the same value or a part of it. */
  enter(check: Check, value: JsonValue): void {
    this.spend(1);
    if (++this.nesting > maxNesting) throw new TooMuchWork();
    check(value, this);
    this.nesting--;
  }

  /** What a check would find, without its being found. */
  attempt(check: Check, value: JsonValue): Violation[] {
    const before = this.found;
    this.found = [];
    check(value, this);
    const found = this.found;
    this.found = before;
    return found;
  }

  get place(): string {
    return this.path.join(".");
  }
}
