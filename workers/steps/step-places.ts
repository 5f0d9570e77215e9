import { limitsOf } from "@/lib/limits";

interface ProjectPlaces {
  taken: number;
  waiting: (() => void)[];
}

/**
 * How many steps of a project this worker executes at a time: the project's limit, in equal parts for the workers there
 * are. Those that find no place wait for one in turn.
 */
export class StepPlaces {
  private readonly byProject = new Map<string, ProjectPlaces>();

  constructor(
    private readonly workers: () => number,
    private readonly limitOf = async (projectId: string) => (await limitsOf(projectId)).concurrentSteps,
  ) {}

  /** @returns what gives the place back; undefined where the signal fired first */
  async take(projectId: string, signal: AbortSignal): Promise<(() => void) | undefined> {
    for (;;) {
      const share = Math.max(1, Math.floor((await this.limitOf(projectId)) / Math.max(1, this.workers())));
      const places = this.placesOf(projectId);
      if (signal.aborted) {
        // It may have been called to a place, which is the next one's then.
        this.callNext(projectId, places);
        return undefined;
      }
      if (places.taken < share) {
        places.taken++;
        // The limit may have been raised while others waited.
        if (places.taken < share) places.waiting.shift()?.();
        return () => this.giveBack(projectId, places);
      }
      await waitIn(places, signal);
    }
  }

  private placesOf(projectId: string): ProjectPlaces {
    const places = this.byProject.get(projectId) ?? { taken: 0, waiting: [] };
    this.byProject.set(projectId, places);
    return places;
  }

  private giveBack(projectId: string, places: ProjectPlaces): void {
    places.taken--;
    this.callNext(projectId, places);
  }

  private callNext(projectId: string, places: ProjectPlaces): void {
    places.waiting.shift()?.();
    if (places.taken === 0 && places.waiting.length === 0) this.byProject.delete(projectId);
  }
}

function waitIn(places: ProjectPlaces, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      signal.removeEventListener("abort", giveUp);
      resolve();
    };
    const giveUp = () => {
      places.waiting = places.waiting.filter((other) => other !== go);
      resolve();
    };
    signal.addEventListener("abort", giveUp, { once: true });
    places.waiting.push(go);
  });
}
