import { LRUCache } from "lru-cache";
import { RE2JS } from "re2js";
import { messageOf } from "@/lib/errors";

/**
 * Regular expressions that strangers wrote, over texts that strangers sent. RE2 needs a time that grows with the text
 * and never explodes, for which it knows neither looking ahead nor back-references.
 */
export interface Pattern {
  test: (text: string) => boolean;
  /** Instructions; each character costs at most so many steps. */
  size: number;
}

const maxPatternLength = 500;
const maxInstructions = 2_000;

const compiled = new LRUCache<string, Pattern>({ max: 1_000 });

/** @throws Error saying why the expression is not taken */
export function compilePattern(source: string): Pattern {
  const known = compiled.get(source);
  if (known) return known;
  if (source.length > maxPatternLength) throw new Error(`it is longer than ${maxPatternLength} characters`);
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(RE2JS.translateRegExp(source));
  } catch (cause) {
    throw new Error(messageOf(cause).replace(/^error parsing regexp: /, ""), { cause });
  }
  const size = expression.programSize();
  if (size > maxInstructions) throw new Error("it repeats too much");
  const pattern = { test: (text: string) => expression.test(text), size };
  compiled.set(source, pattern);
  return pattern;
}
