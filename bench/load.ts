import { Agent, request } from "node:http";

export interface Target {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What one stretch of load saw: milliseconds of each call, and how long it took in all. */
export interface Stretch {
  latencies: number[];
  seconds: number;
}

function call(target: Target, agent: Agent): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(target.url, { method: "POST", agent, headers: target.headers }, (answer) => {
      let text = "";
      answer.on("data", (data) => {
        text += data;
      });
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(performance.now() - started);
        else reject(new Error(`${target.url} answered ${answer.statusCode}: ${text}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(target.body);
  });
}

/** Calls a target from so many callers at a time, each one call after the other, for at least so long and so often. */
export async function load(target: Target, callers: number, least: { ms: number; calls: number }): Promise<Stretch> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const latencies: number[] = [];
  const started = performance.now();
  const goesOn = () => performance.now() - started < least.ms || latencies.length < least.calls;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (goesOn()) latencies.push(await call(target, agent));
    }),
  );
  agent.destroy();
  return { latencies, seconds: (performance.now() - started) / 1000 };
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]) => percentile(values, 0.5);
