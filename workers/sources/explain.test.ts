import { expect, it } from "vitest";
import { explain } from "./explain";

const nobody = { branch: null, credentials: null };
const token = { kind: "password" as const, username: "a", password: "b" };

it.each([
  ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", nobody, /is private/],
  ["remote: HTTP Basic: Access denied\nfatal: Authentication failed", { branch: null, credentials: token }, /refused/],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 403", nobody, /private/],
  ["fatal: repository 'https://x/y.git/' not found", nobody, /no repository at this address/],
  ["git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.", nobody, /deploy key/],
  ["fatal: couldn't find remote ref refs/heads/x", { branch: "x", credentials: null }, /no branch x/],
  ["fatal: unable to access 'https://x/': Could not resolve host: x", nobody, /could not be read. .*resolve host/],
  ["remote: hello\nfatal: strange", nobody, /could not be read\. hello strange/],
])("says what %j means", (said, asked, expected) => {
  expect(explain(said, asked)).toMatch(expected);
});

it("does not go on for ever", () => {
  expect(explain(`fatal: ${"x".repeat(10_000)}`, nobody).length).toBeLessThanOrEqual(600);
});
