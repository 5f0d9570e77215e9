import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInstance } from "@/tests/support/start-instance";
import { bareContestant, type Contestant, millraceContestants, shapes } from "./contestants";
import { load, median, percentile, type Stretch } from "./load";
import { benchRuntime } from "./runtime";
import { printTrace } from "./trace";

/**
 * Compares calls of Millrace with the same work done by a bare Temporal program on the same server, in turn and on the
 * same machine, so that the ratios hold where the times do not.
 */
const rounds = 5;
const callerCounts = [1, 32];
const warmUp = { ms: 3_000, calls: 150 };
const measured = { ms: 3_000, calls: 60 };
const aims = { p50AtOneCaller: 1.25, throughputAt32: 0.7 };

interface Row {
  contestant: string;
  shape: string;
  callers: number;
  /** One for each round. */
  stretches: Stretch[];
}

const rateOf = ({ latencies, seconds }: Stretch) => latencies.length / seconds;

function summary(row: Row, bare: Row) {
  const all = row.stretches.flatMap(({ latencies }) => latencies);
  const ratio = (of: (stretch: Stretch) => number) =>
    median(row.stretches.map((stretch, round) => of(stretch) / of(bare.stretches[round] as Stretch)));
  return {
    shape: row.shape,
    callers: row.callers,
    contestant: row.contestant,
    callsPerSecond: median(row.stretches.map(rateOf)),
    p50: percentile(all, 0.5),
    p99: percentile(all, 0.99),
    p50Ratio: ratio(({ latencies }) => median(latencies)),
    throughputRatio: ratio(rateOf),
  };
}

async function measure(contestants: Contestant[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of shapes) {
    for (const contestant of contestants) await load(contestant.target(shape), 8, warmUp);
    for (const callers of callerCounts) {
      const ofShape = contestants.map((contestant) => ({ contestant, stretches: [] as Stretch[] }));
      for (let round = 0; round < rounds; round++) {
        process.stderr.write(`  ${shape}, ${callers} caller(s), round ${round + 1} of ${rounds}\n`);
        for (const { contestant, stretches } of ofShape) {
          stretches.push(await load(contestant.target(shape), callers, measured));
        }
      }
      for (const { contestant, stretches } of ofShape) {
        rows.push({ contestant: contestant.name, shape, callers, stretches });
      }
    }
  }
  return rows;
}

function print(summaries: ReturnType<typeof summary>[]): void {
  const cells = summaries.map((row) => [
    row.shape,
    String(row.callers),
    row.contestant,
    row.callsPerSecond.toFixed(1),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.p50Ratio.toFixed(2),
    row.throughputRatio.toFixed(2),
  ]);
  const head = ["shape", "callers", "contestant", "calls/s", "p50 ms", "p99 ms", "p50 ratio", "throughput ratio"];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...cells]) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  }
  console.log(
    `\nRatios are to bare Temporal, round by round. Aims: p50 at 1 caller at most ${aims.p50AtOneCaller}, throughput at 32 callers at least ${aims.throughputAt32}.`,
  );
}

const root = process.cwd();
const wantsJson = process.argv.includes("--json");
const wantsTrace = process.argv.includes("--trace");

async function compare(home: string): Promise<void> {
  const { bare, stop } = await bareContestant(root, home);
  const contestants = [bare, ...(await millraceContestants(root, home))];
  const rows = await measure(contestants);
  stop();
  const yardstick = (row: Row) =>
    rows.find(
      (other) => other.contestant === bare.name && other.shape === row.shape && other.callers === row.callers,
    ) as Row;
  const summaries = rows.map((row) => summary(row, yardstick(row)));
  if (wantsJson) console.log(JSON.stringify(summaries, null, 2));
  else print(summaries);
}

/** One caller of the chain, followed through every process. */
async function trace(home: string, file: string): Promise<void> {
  for (const contestant of await millraceContestants(root, home)) {
    await load(contestant.target("chain"), 1, warmUp);
    rmSync(file, { force: true });
    await load(contestant.target("chain"), 1, { ms: 5_000, calls: 100 });
    console.log(`\n${contestant.name}, a chain of three steps, one caller`);
    printTrace(file);
  }
}

if (process.argv.includes("--runtime")) {
  await benchRuntime(wantsJson);
  process.exit(0);
}

const traceFile = join(tmpdir(), `millrace-trace-${process.pid}`);
const millrace = await startInstance(wantsTrace ? { MILLRACE_TRACE_FILE: traceFile } : {});
try {
  if (wantsTrace) await trace(millrace.home, traceFile);
  else await compare(millrace.home);
} finally {
  rmSync(traceFile, { force: true });
  await millrace.stop();
}
process.exit(0);
