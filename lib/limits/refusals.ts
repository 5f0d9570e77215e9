import { AppError, messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { formatLimit } from "./limit-text";
import { type LimitName, limitKind } from "./names";
import { addRefusals } from "./store";

/** Which limit an answer is about, for programs. */
export const limitHeader = "X-Millrace-Limit";

/** A flood of refusals is a few writes. */
const flushEveryMs = 1_000;

interface Waiting {
  counts: Map<string, number>;
  timer: NodeJS.Timeout | undefined;
}

const holder = globalThis as { millraceRefusals?: Waiting };

function waiting(): Waiting {
  holder.millraceRefusals ??= { counts: new Map(), timer: undefined };
  return holder.millraceRefusals;
}

async function flush(): Promise<void> {
  const state = waiting();
  state.timer = undefined;
  const refused = [...state.counts].map(([key, count]) => {
    const [projectId = "", limitName = ""] = key.split("/");
    return { projectId, limitName, count };
  });
  state.counts.clear();
  await addRefusals(refused).catch((error) =>
    logger.warn({ reason: messageOf(error) }, "what limits refused could not be counted"),
  );
}

function noteRefusal(projectId: string, name: LimitName): void {
  const state = waiting();
  const key = `${projectId}/${name}`;
  state.counts.set(key, (state.counts.get(key) ?? 0) + 1);
  state.timer ??= setTimeout(() => void flush(), flushEveryMs).unref();
}

export interface LimitReached {
  projectId: string;
  name: LimitName;
  /** What the limit is. */
  value: number;
  retryAfterSeconds?: number;
}

/** Counts a refusal and says it to whoever called: what the limit is, and its name. */
export function limitReached({ projectId, name, value, retryAfterSeconds }: LimitReached): AppError {
  noteRefusal(projectId, name);
  const code = name === "storageBytes" ? "storage_full" : name === "listeningTriggers" ? "conflict" : "rate_limited";
  const remedy = retryAfterSeconds === undefined ? "Use less, or ask for more." : "Try again in a moment.";
  const { meaning } = limitKind(name);
  return new AppError(code, `The project's limit ${name} says ${meaning}: ${formatLimit(name, value)}. ${remedy}`, {
    headers: { [limitHeader]: name },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
