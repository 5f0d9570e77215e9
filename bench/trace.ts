import { readFileSync } from "node:fs";
import { percentile } from "./load";

interface Moment {
  at: number;
  name: string;
}

function readMoments(path: string): Map<string, Moment[]> {
  const runs = new Map<string, Moment[]>();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const [, runId, at, name] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
    if (!runId || !name) continue;
    const moments = runs.get(runId) ?? [];
    moments.push({ at: Number(at), name });
    runs.set(runId, moments);
  }
  return runs;
}

/** Where the time of a call goes: for each moment, when it comes after the request was read, and after the moment before. */
export function printTrace(path: string): void {
  const since = new Map<string, { start: number[]; before: number[] }>();
  for (const moments of readMoments(path).values()) {
    moments.sort((left, right) => left.at - right.at);
    const start = moments.find(({ name }) => name === "web.read")?.at;
    if (start === undefined) continue;
    moments.forEach(({ at, name }, index) => {
      const known = since.get(name) ?? { start: [], before: [] };
      known.start.push(at - start);
      known.before.push(at - (moments[index - 1]?.at ?? at));
      since.set(name, known);
    });
  }
  const rows = [...since].map(([name, { start, before }]) => ({
    name,
    at: percentile(start, 0.5),
    step: percentile(before, 0.5),
    p90: percentile(start, 0.9),
    count: start.length,
  }));
  rows.sort((left, right) => left.at - right.at);
  console.log(
    `${"moment".padEnd(24)}${"at, ms".padStart(9)}${"+ ms".padStart(9)}${"p90".padStart(9)}${"runs".padStart(7)}`,
  );
  for (const { name, at, step, p90, count } of rows) {
    const cells = [at, step, p90].map((ms) => ms.toFixed(2).padStart(9)).join("");
    console.log(`${name.padEnd(24)}${cells}${String(count).padStart(7)}`);
  }
}
