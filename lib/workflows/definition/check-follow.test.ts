import { expect, it } from "vitest";
import { circleOf } from "./check-follow";

const after = (workflowId: string, followedId: string) => ({ workflowId, followedId });

it.each([
  ["itself", "a", "a", [], ["a", "a"]],
  ["one that starts after it", "a", "b", [after("b", "a")], ["a", "b", "a"]],
  ["the last of three", "a", "c", [after("b", "a"), after("c", "b")], ["a", "b", "c", "a"]],
  ["what it no longer starts after", "a", "b", [after("a", "c"), after("c", "a")], null],
  ["one that starts after others", "a", "b", [after("b", "c"), after("d", "a")], null],
  ["one in a circle of others", "a", "b", [after("b", "c"), after("c", "b")], null],
])("a workflow after %s", (_, workflowId, followedId, others, circle) => {
  expect(circleOf(workflowId, followedId, others)).toEqual(circle);
});
