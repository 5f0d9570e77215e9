import { type Handler, outputsOf, TestRunnerd } from "@/tests/support/runnerd";
import { percentile } from "./load";

/** What the runtime adds to a call: from asking runnerd to having the answer, of handlers that do nothing. */
const rounds = { warmUp: 200, warm: 2_000, fresh: 200, cold: 40 };
const aims = { warmMs: 0.5, coldMs: 60 };

const handlers: Record<string, Handler> = {
  Python: { code: "def handle(inputs):\n    return {'n': inputs['n']}\n" },
  "Python, async": { code: "async def handle(inputs):\n    return {'n': inputs['n']}\n" },
  Node: { language: "node", code: "module.exports = ({ n }) => ({ n });" },
};

interface Row {
  handler: string;
  what: "warm call" | "fresh call" | "cold start";
  /** What it takes when nothing else has the processor. */
  least: number;
  p50: number;
  p99: number;
  calls: number;
}

async function timesOf(count: number, call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round++) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  return times;
}

async function measure(runnerd: TestRunnerd, name: string, handler: Handler): Promise<Row[]> {
  const io = { inputs: { n: "integer" }, outputs: { n: "integer" } } as const;
  const row = (what: Row["what"], times: number[]): Row => ({
    handler: name,
    what,
    least: Math.min(...times),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    calls: times.length,
  });
  const repeated = async (isolation: "reuse" | "fresh", count: number) => {
    const spec = await runnerd.specOf({ ...handler, ...io, spec: { isolation } });
    const call = async () => outputsOf(await runnerd.call(spec, { n: 1 }));
    await timesOf(Math.min(rounds.warmUp, count), call);
    return timesOf(count, call);
  };
  const cold: number[] = [];
  for (let round = 0; round < rounds.cold; round++) {
    // Another package each time, so that nothing of it is running yet.
    const spec = await runnerd.specOf({ ...handler, ...io });
    cold.push(...(await timesOf(1, async () => outputsOf(await runnerd.call(spec, { n: 1 })))));
  }
  return [
    row("warm call", await repeated("reuse", rounds.warm)),
    row("fresh call", await repeated("fresh", rounds.fresh)),
    row("cold start", cold),
  ];
}

export async function benchRuntime(wantsJson: boolean): Promise<void> {
  const runnerd = await TestRunnerd.start();
  try {
    const rows: Row[] = [];
    for (const [name, handler] of Object.entries(handlers)) rows.push(...(await measure(runnerd, name, handler)));
    if (wantsJson) {
      console.log(JSON.stringify({ level: runnerd.report.level, limits: runnerd.report.limits, rows }, null, 2));
      return;
    }
    console.log(`Isolation level ${runnerd.report.level}. ${runnerd.report.limits}\n`);
    console.log(
      `${"handler".padEnd(15)}${"".padEnd(12)}${"least ms".padStart(9)}${"p50 ms".padStart(9)}${"p99 ms".padStart(9)}${"calls".padStart(8)}`,
    );
    for (const { handler, what, least, p50, p99, calls } of rows) {
      const numbers = `${least.toFixed(3).padStart(9)}${p50.toFixed(3).padStart(9)}${p99.toFixed(3).padStart(9)}${String(calls).padStart(8)}`;
      console.log(`${handler.padEnd(15)}${what.padEnd(12)}${numbers}`);
    }
    console.log(`\nAims, p50: a warm call below ${aims.warmMs} ms, a cold start below ${aims.coldMs} ms.`);
  } finally {
    await runnerd.stop();
  }
}
