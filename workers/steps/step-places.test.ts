import { expect, it } from "vitest";
import { StepPlaces } from "./step-places";

const signal = new AbortController().signal;
const turn = () => new Promise((done) => setImmediate(done));

/** Notes the order in which places were given. */
function taking(places: StepPlaces, given: string[]) {
  return (name: string, by = signal) =>
    places.take("p", by).then((giveBack) => {
      given.push(giveBack ? name : `${name} gave up`);
      return giveBack ?? (() => {});
    });
}

it("gives the limit's part of this worker, and the next place to who waited longest", async () => {
  const given: string[] = [];
  const take = taking(
    new StepPlaces(
      () => 2,
      async () => 5,
    ),
    given,
  );
  const [first] = await Promise.all([take("a"), take("b")]);
  const third = take("c");
  void take("d");
  await turn();
  expect(given).toEqual(["a", "b"]);
  first();
  await third;
  await turn();
  expect(given).toEqual(["a", "b", "c"]);
});

it("passes over who gives up, even when called", async () => {
  const given: string[] = [];
  const take = taking(
    new StepPlaces(
      () => 1,
      async () => 1,
    ),
    given,
  );
  const [waiting, called] = [new AbortController(), new AbortController()];
  const giveBack = await take("a");
  for (const [name, controller] of [
    ["b", called],
    ["c", waiting],
  ] as const)
    void take(name, controller.signal);
  const last = take("d");
  await turn();
  waiting.abort();
  await turn();
  giveBack();
  called.abort();
  await last;
  await turn();
  expect(given.slice(0, 2)).toEqual(["a", "c gave up"]);
  expect(given.slice(2).sort()).toEqual(["b gave up", "d"]);
});

it("has those who wait go on when the limit is raised", async () => {
  const given: string[] = [];
  let limit = 1;
  const take = taking(
    new StepPlaces(
      () => 1,
      async () => limit,
    ),
    given,
  );
  const giveBack = await take("a");
  const rest = ["b", "c", "d"].map((name) => take(name));
  await turn();
  limit = 3;
  giveBack();
  await Promise.all(rest);
  expect(given).toEqual(["a", "b", "c", "d"]);
});
