import { proxyLocalActivities } from "@temporalio/workflow";
import type * as activities from "./activities";

const { greet } = proxyLocalActivities<typeof activities>({ startToCloseTimeout: "10s" });

/** A chain of three steps, each working on what the one before it gave. */
export async function chain(name: string): Promise<string> {
  return greet(await greet(await greet(name)));
}

/** One step, ten beside each other on its result, and one on all of theirs. */
export async function fanOut(name: string): Promise<string> {
  const first = await greet(name);
  const middle = await Promise.all(Array.from({ length: 10 }, () => greet(first)));
  return greet(middle.join(""));
}
