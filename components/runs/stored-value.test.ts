import { expect, it } from "vitest";
import { storedValueOf } from "./stored-value";

const runUrl = "/api/v1/projects/p1/runs/WorkflowRun-1-a";

it("knows files, folders and large values by their address", () => {
  const url = `${runUrl}/values/abc`;
  expect(storedValueOf({ file: "a.png", size: 3, url }, runUrl)).toEqual({ kind: "file", name: "a.png", size: 3, url });
  expect(storedValueOf({ directory: "out", size: 3, url }, runUrl)?.kind).toBe("directory");
  expect(storedValueOf({ large: 9, url }, runUrl)).toEqual({ kind: "large", name: null, size: 9, url });
});

it("is not fooled by a handler's own output", () => {
  expect(storedValueOf({ file: "a", size: 3, url: "https://evil.example/" }, runUrl)).toBeUndefined();
  expect(storedValueOf({ file: "a", size: 3, url: "/api/v1/projects/p2/runs/r/values/x" }, runUrl)).toBeUndefined();
  expect(storedValueOf("text", runUrl)).toBeUndefined();
});
