import { AppError } from "@/lib/errors";
import { limitReached, limitsOf } from "@/lib/limits";

/** How many calls one web process carries at a time, of all projects. */
const most = 4_000;
const retryAfterSeconds = 1;

interface Load {
  inAll: number;
  byProject: Map<string, number>;
}

const holder = globalThis as { millraceLoad?: Load };

function load(): Load {
  holder.millraceLoad ??= { inAll: 0, byProject: new Map() };
  return holder.millraceLoad;
}

/**
 * Lets a call in, or refuses it before anything is started.
 * @returns what to call when the call is over
 * @throws AppError `rate_limited` past the project's limit, `unavailable` past the process's
 */
export async function admit(projectId: string): Promise<() => void> {
  const { concurrentCalls } = await limitsOf(projectId);
  const current = load();
  const ofProject = current.byProject.get(projectId) ?? 0;
  if (ofProject >= concurrentCalls)
    throw limitReached({ projectId, name: "concurrentCalls", value: concurrentCalls, retryAfterSeconds });
  if (current.inAll >= most) {
    throw new AppError("unavailable", "Too many calls are under way. Try again in a moment.", { retryAfterSeconds });
  }
  current.inAll++;
  current.byProject.set(projectId, ofProject + 1);
  return () => {
    current.inAll--;
    const left = (current.byProject.get(projectId) ?? 1) - 1;
    if (left > 0) current.byProject.set(projectId, left);
    else current.byProject.delete(projectId);
  };
}
