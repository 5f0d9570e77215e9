import { expect, it } from "vitest";
import { securityHeaders } from "./security-headers";

const policyOf = (path: string) =>
  securityHeaders(path, "n0nce", "https://millrace.example")["Content-Security-Policy"];

it("lets a page run only scripts that carry its nonce, and be framed by nobody", () => {
  const policy = policyOf("/p1/runs");
  expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
});

it("leaves users' own answers alone, but not the page with their docs", () => {
  expect(securityHeaders("/user-api/p1/weather", "n", undefined)).toEqual({});
  expect(securityHeaders("/results/p1/run", "n", undefined)).toEqual({});
  expect(policyOf("/user-api/p1/docs")).toBeDefined();
});

it("asks for https only where the instance is reached by it", () => {
  expect(securityHeaders("/", "n", "https://a.example")["Strict-Transport-Security"]).toBeDefined();
  expect(securityHeaders("/", "n", "http://localhost:3000")["Strict-Transport-Security"]).toBeUndefined();
});
