import { expect, it } from "vitest";
import { ChangeCollector } from "./change-collector";

it("makes one change of a burst, and is empty afterwards", () => {
  const collector = new ChangeCollector();
  collector.add("runs", "a");
  collector.add("runs", "a");
  collector.add("runs", "b");
  collector.add("workflows");
  expect(collector.take()).toEqual({ topics: ["runs", "workflows"], runs: ["a", "b"] });
  expect(collector.take()).toBeNull();
});

it("names no runs once there are too many, until it is emptied", () => {
  const collector = new ChangeCollector();
  for (let number = 0; number < 150; number++) collector.add("runs", `run-${number}`);
  expect(collector.take()).toEqual({ topics: ["runs"], runs: null });
  collector.add("runs", "next");
  expect(collector.take()).toEqual({ topics: ["runs"], runs: ["next"] });
});
