import { describe, expect, it } from "vitest";
import { isGranted, networkHostSchema, parseNetworkHost } from "./network";

describe("a granted host", () => {
  it.each([
    "api.example.com",
    "*.example.com",
    "db_1.example.com:5432",
    "localhost:8080",
    "10.0.0.5",
    "[::1]:443",
    "API.Example.com",
  ])("may be %s", (host) => {
    expect(networkHostSchema.parse(host)).toBe(host.toLowerCase());
  });

  it.each([
    "",
    "*",
    "https://example.com",
    "example.com/path",
    "a b",
    "example.com:0",
    "example.com:70000",
    "*.*.com",
    "a..b",
    "exa*mple.com",
  ])("may not be “%s”", (host) => {
    expect(networkHostSchema.safeParse(host).success).toBe(false);
  });

  it("stands for the ports of the web unless it names one", () => {
    expect(parseNetworkHost("example.com")).toEqual({ name: "example.com", ports: [80, 443] });
    expect(parseNetworkHost("example.com:5432")).toEqual({ name: "example.com", ports: [5432] });
    expect(parseNetworkHost("[::1]:443")).toEqual({ name: "::1", ports: [443] });
    expect(parseNetworkHost("[::1]")).toEqual({ name: "::1", ports: [80, 443] });
  });
});

describe("a policy", () => {
  const list = { policy: "allow-list" as const, hosts: ["api.example.com", "*.example.org", "db.example.com:5432"] };

  it.each([
    ["api.example.com", 443, true],
    ["API.example.com.", 443, true],
    ["api.example.com", 22, false],
    ["sub.api.example.com", 443, false],
    ["a.b.example.org", 80, true],
    ["example.org", 443, false],
    ["notexample.org", 443, false],
    ["db.example.com", 5432, true],
    ["db.example.com", 443, false],
  ])("of these hosts says to %s:%i %s", (name, port, granted) => {
    expect(isGranted(list, name, port)).toBe(granted);
  });

  it("off is never, on is always", () => {
    expect(isGranted({ policy: "off", hosts: ["example.com"] }, "example.com", 443)).toBe(false);
    expect(isGranted({ policy: "on", hosts: [] }, "example.com", 1)).toBe(true);
  });
});
