import type { ChangeTopic, ProjectChange } from "./change";

/** More runs than this in one go are not named: a busy project's screens read their lists again anyway. */
const maxNamedRuns = 100;

/** Gathers changes until they are taken, so that a burst becomes one event. */
export class ChangeCollector {
  private readonly topics = new Set<ChangeTopic>();
  private readonly runs = new Set<string>();
  private tooMany = false;

  add(topic: ChangeTopic, runId?: string): void {
    this.topics.add(topic);
    if (runId === undefined || this.tooMany) return;
    this.runs.add(runId);
    if (this.runs.size <= maxNamedRuns) return;
    this.tooMany = true;
    this.runs.clear();
  }

  /** Null when nothing has changed since. */
  take(): ProjectChange | null {
    if (this.topics.size === 0) return null;
    const change = { topics: [...this.topics], runs: this.tooMany ? null : [...this.runs] };
    this.topics.clear();
    this.runs.clear();
    this.tooMany = false;
    return change;
  }
}
