import { setTimeout as delay } from "node:timers/promises";
import { inProject } from "@/lib/db";
import { countOpenRuns } from "@/lib/runs";

const maxOpenRuns = 1_000;
const countAgainAfter = 100;
const countAgainMs = 1_000;
const lookAgainMs = 500;

/** Holds a source back while so many of its workflow's runs have not ended that more would only wait. */
export class OpenRunLimit {
  private created = 0;
  private countedAt = 0;
  private counting: Promise<void> | undefined;

  constructor(
    private readonly projectId: string,
    private readonly workflowId: string,
    private readonly say: (text: string) => void,
  ) {}

  /** Resolves when another run may be started. */
  async pass(signal: AbortSignal): Promise<void> {
    this.created++;
    if (this.created > countAgainAfter || Date.now() - this.countedAt > countAgainMs) {
      this.counting ??= this.wait(signal).finally(() => {
        this.counting = undefined;
      });
    }
    await this.counting;
  }

  private async wait(signal: AbortSignal): Promise<void> {
    const { projectId, workflowId } = this;
    for (let isFirst = true; ; isFirst = false) {
      const open = await inProject(projectId, (tx) => countOpenRuns(tx, projectId, workflowId, maxOpenRuns));
      if (open < maxOpenRuns) break;
      if (isFirst)
        this.say(`${maxOpenRuns} runs of the workflow are under way: more are started when some have ended.`);
      await delay(lookAgainMs, undefined, { signal });
    }
    this.created = 0;
    this.countedAt = Date.now();
  }
}
