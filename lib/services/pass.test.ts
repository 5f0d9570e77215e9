import { beforeAll, expect, it } from "vitest";
import { isPass, passFor, serviceName } from "./pass";

beforeAll(() => {
  process.env.MILLRACE_SECRET ??= "a-secret-of-thirty-two-characters";
  process.env.DATABASE_URL ??= "postgres://nowhere/none";
});

it("lets in to one start of one trigger, and only for a while", () => {
  const name = serviceName("wf_1", "holder");
  const pass = passFor(name, 1_000);
  expect(isPass(name, pass, 30_000)).toBe(true);
  expect(isPass(name, pass, 90_000)).toBe(false);
  expect(isPass(serviceName("wf_2", "holder"), pass, 30_000)).toBe(false);
  expect(isPass(serviceName("wf_1", "other"), pass, 30_000)).toBe(false);
  const [until, signature] = pass.split(".");
  expect(isPass(name, `${Number(until) + 60_000}.${signature}`, 90_000)).toBe(false);
});
