import { expect, it } from "vitest";
import { Gauge } from "./gauge";

/** Refuses from three on, and says what it was asked about. */
function gaugeOver(counts: number[]) {
  const asked: [number, number][] = [];
  const gauge = new Gauge(async () => counts.shift() ?? 0);
  const judge = () =>
    gauge.judge((counted, added) => {
      asked.push([counted, added]);
      return counted + added >= 3 ? "refused" : undefined;
    });
  return { gauge, judge, asked };
}

it("counts once, and then what it added itself", async () => {
  const { gauge, judge, asked } = gaugeOver([1]);
  for (let calls = 0; calls < 2; calls++) {
    expect(await judge()).toBeUndefined();
    gauge.add(1)();
  }
  expect(asked).toEqual([
    [1, 0],
    [1, 1],
  ]);
});

it("counts again before it refuses", async () => {
  const { gauge, judge, asked } = gaugeOver([2, 1, 3]);
  await judge();
  gauge.add(1)();
  expect(await judge()).toBeUndefined();
  expect(asked.slice(-2)).toEqual([
    [2, 1],
    [1, 0],
  ]);
  gauge.add(2)();
  expect(await judge()).toBe("refused");
});

it("reckons with what is not written yet, which whoever counts cannot see", async () => {
  const { gauge, judge } = gaugeOver([1, 1]);
  await judge();
  const written = gauge.add(2);
  expect(await judge()).toBe("refused");
  written();
});
