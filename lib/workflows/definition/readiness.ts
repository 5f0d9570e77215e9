import type { PlanStep } from "./plan";
import type { RetryPolicy } from "./schema";

/** What of a plan may be executed, given what is done. Pure. */
export class Readiness {
  private readonly children = new Map<string, string[]>();
  private readonly missing = new Map<string, number>();

  /** `isDone`: whether a step has completed before. */
  constructor(
    readonly steps: PlanStep[],
    isDone: (id: string) => boolean,
  ) {
    for (const step of steps) {
      this.missing.set(step.id, step.after.filter((before) => !isDone(before)).length);
      for (const before of step.after) {
        const siblings = this.children.get(before);
        if (siblings) siblings.push(step.id);
        else this.children.set(before, [step.id]);
      }
    }
  }

  /** Steps that wait for nothing, whether or not they are done themselves. */
  free(): string[] {
    return this.steps.flatMap(({ id }) => (this.missing.get(id) === 0 ? [id] : []));
  }

  /** The steps that have nothing left to wait for now that this one has completed. Call it once for each. */
  freedBy(id: string): string[] {
    return (this.children.get(id) ?? []).filter((child) => {
      const left = (this.missing.get(child) ?? 0) - 1;
      this.missing.set(child, left);
      return left === 0;
    });
  }
}

/** How long to wait after this attempt before the next one. */
export function backoffMs(retry: RetryPolicy, attempt: number): number {
  const seconds = retry.backoffSeconds * retry.backoffFactor ** (attempt - 1);
  return Math.min(seconds, retry.maxBackoffSeconds) * 1000;
}
