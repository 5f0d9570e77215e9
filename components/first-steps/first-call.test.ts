import { expect, it } from "vitest";
import { firstCurl } from "./first-call";

it("writes a line that a shell reads as it was meant", () => {
  const call = { method: "POST", url: "http://a.example/user-api/p/x", body: { csv: "it's\n1" } };
  expect(firstCurl({ ...call, key: "mrk_1" }).split(" \\\n  ")).toEqual([
    "curl -X POST 'http://a.example/user-api/p/x'",
    "-H 'Authorization: Bearer mrk_1'",
    "-H 'Content-Type: application/json'",
    `-d '{"csv":"it'\\''s\\n1"}'`,
  ]);
  expect(firstCurl({ ...call, key: null })).not.toContain("Authorization");
});
