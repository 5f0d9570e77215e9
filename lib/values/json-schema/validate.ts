import type { JsonValue } from "../types";
import { compileSchema } from "./compile";
import { type JsonSchema, maxViolations, type Violation } from "./document";
import { TooMuchWork, Validation } from "./validation";

/** Deeper values are refused: what reads them next, in whichever language, may not stand more. */
export const maxValueDepth = 200;

/** Objects of JavaScript lose what is put under this name. */
const unusableName = "__proto__";

/** What no structured value may be, whatever its schema says. */
function problemOf(value: JsonValue): string | undefined {
  let level: JsonValue[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxValueDepth) return `nested no deeper than ${maxValueDepth} levels`;
    const next: JsonValue[] = [];
    for (const entry of level) {
      if (entry === null || typeof entry !== "object") continue;
      if (Object.hasOwn(entry, unusableName)) return `without a property ${unusableName}`;
      for (const inner of Object.values(entry)) if (inner !== null && typeof inner === "object") next.push(inner);
    }
    level = next;
  }
  return undefined;
}

/** What is wrong with a structured value, in the order of its schema; without one, what none may be. Pure. */
export function validate(schema: JsonSchema | undefined, value: JsonValue): Violation[] {
  const expected = problemOf(value);
  if (expected) return [{ at: "", expected }];
  if (!schema) return [];
  const validation = new Validation();
  try {
    compileSchema(schema)(value, validation);
    return validation.found.slice(0, maxViolations);
  } catch (error) {
    if (error instanceof TooMuchWork)
      return [{ at: "", expected: "smaller, or its schema simpler: it takes too long to check" }];
    throw error;
  }
}
