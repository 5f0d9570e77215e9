import type { RunInput } from "@/lib/runs";
import { executeStep, type StepDependencies, type StepOutcome, type StepRef } from "./execute-step";

interface Flight {
  runId: string;
  outcome: Promise<StepOutcome>;
  abort: AbortController;
}

/** The steps that this process is executing: whoever asks for one again joins it instead of starting it twice. */
export class InFlight {
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly deps: StepDependencies) {}

  run(ref: StepRef, input: RunInput | null): Promise<StepOutcome> {
    const key = keyOf(ref);
    const known = this.flights.get(key);
    if (known) return known.outcome;
    const abort = new AbortController();
    const outcome = executeStep(this.deps, ref, input, abort.signal).finally(() => this.flights.delete(key));
    this.flights.set(key, { runId: ref.runId, outcome, abort });
    return outcome;
  }

  cancelRun(runId: string): void {
    for (const flight of this.flights.values()) if (flight.runId === runId) flight.abort.abort();
  }
}

function keyOf(ref: StepRef): string {
  return `${ref.runId}/${ref.nodeId}/${ref.attempt}`;
}
