import { expect, it } from "vitest";
import { rank } from "./rank";

it("puts what begins with the text before what contains it, and leaves out the rest", () => {
  const labels = ["Deploy Orders report", "Reorders", "Orders report", "Stock report"];
  const found = labels
    .filter((label) => rank("orders", label) > 0)
    .sort((a, b) => rank("orders", b) - rank("orders", a));
  expect(found).toEqual(["Orders report", "Deploy Orders report", "Reorders"]);
});

it("wants every word, wherever it stands", () => {
  expect(rank("orders get", "Orders report", ["GET /orders"])).toBeGreaterThan(0);
  expect(rank("orders put", "Orders report", ["GET /orders"])).toBe(0);
});

it("shows everything before anything is typed", () => {
  expect(rank("  ", "Anything")).toBe(1);
});
