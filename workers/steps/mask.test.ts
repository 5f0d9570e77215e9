import { expect, it } from "vitest";
import { SecretMask } from "./mask";

const secret = "s3cr3t/pass word+ü'!";
const mask = new SecretMask([secret]);

it.each([
  ["as it is", secret],
  ["in JSON", JSON.stringify({ secret })],
  ["as JavaScript encodes it", encodeURIComponent(secret)],
  ["as Python quotes it", "s3cr3t/pass%20word%2B%C3%BC%27%21"],
  ["as Python quotes it in a query", "s3cr3t%2Fpass+word%2B%C3%BC%27%21"],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in base64url", Buffer.from(secret).toString("base64url")],
  ["in hexadecimal", Buffer.from(secret).toString("hex")],
])("hides a secret %s", (_, text) => {
  expect(mask.finds(text)).toBe(true);
  expect(mask.hide(`before ${text} after`)).not.toContain(text);
  expect(mask.hide(`before ${text} after`)).toContain("••••••");
});

it.each(["", "u", "us", "user:"])("hides a secret in base64 behind %j", (before) => {
  const text = Buffer.from(`${before}${secret}`).toString("base64");
  expect(mask.finds(`Authorization: Basic ${text}`)).toBe(true);
});

it("hides each line of a secret of several lines, and one secret within another", () => {
  const both = new SecretMask(["first line\nsecond line", "secret", "secretive"]);
  expect(both.hide("second line, secretive and secret")).toBe("••••••, •••••• and ••••••");
});

it("leaves alone what only looks like a short secret", () => {
  const short = new SecretMask(["ab", ""]);
  expect([short.hide("ab and more"), short.finds("ab")]).toEqual(["ab and more", false]);
  expect(new SecretMask([]).hide("anything")).toBe("anything");
});

it("takes a secret with a lone surrogate", () => {
  expect(new SecretMask(["broken \ud83d text"]).hide("broken \ud83d text")).toBe("••••••");
});
