import { describe, expect, it } from "vitest";
import { anyMethod } from "./any-method";
import { isClash, pathBelow, serviceOf } from "./check-service";
import { Problems } from "./problems";
import { nodeSchema } from "./schema";

const read = (addons: object, packaged: Record<string, Record<string, unknown>> = {}) => {
  const problems = new Problems();
  const node = nodeSchema.parse({ id: "t", action: { id: "a", version: "1" }, addons });
  return { service: serviceOf(node, { addons: packaged }, problems), problems: problems.list.map(({ path }) => path) };
};

describe("what a trigger serves", () => {
  it("is what the workflow says, before its package, before nothing", () => {
    expect(read({}).service).toBeNull();
    const packaged = { http_service: { port: 8080, endpoint_prefix: "/a/", strip_path_prefix: true } };
    expect(read({}, packaged)).toMatchObject({ service: { prefix: "/a", port: 8080, strip: true }, problems: [] });
    expect(read({ http_service: { endpoint_prefix: "b" } }, packaged).service).toMatchObject({
      prefix: "/b",
      port: 8080,
    });
    expect(read({ http_api: { path: "/c/" } }).service).toMatchObject({ prefix: "/c", port: null, strip: false });
    expect(read({ http_service: { port: "8081", endpoint_prefix: "/d", strip_path_prefix: "true" } })).toMatchObject({
      service: { port: 8081, strip: true },
      problems: [],
    });
  });

  it.each([
    [{ endpoint_prefix: "/" }, "endpoint_prefix"],
    [{ endpoint_prefix: "/{a}" }, "endpoint_prefix"],
    [{ endpoint_prefix: "/docs" }, "endpoint_prefix"],
    [{ endpoint_prefix: "/a", port: 80 }, "port"],
    [{ endpoint_prefix: "/a", port: "x" }, "port"],
    [{ endpoint_prefix: "/a", strip_path_prefix: "perhaps" }, "strip_path_prefix"],
    [{ endpoint_prefix: "/a", portt: 1 }, "portt"],
  ])("cannot be %j", (values, name) => {
    expect(read({ http_service: values }).problems).toContain(`nodes.t.addons.http_service.${name}`);
  });

  it("claims the paths below its prefix, and no other", () => {
    const service = { method: anyMethod, shape: "/a/b" };
    for (const shape of ["/a/b", "/a/b/c", "/{}/b", "/a/{}/c"])
      expect([isClash(service, { method: "GET", shape }), isClash({ method: "GET", shape }, service)]).toEqual([
        true,
        true,
      ]);
    for (const shape of ["/a", "/a/bc", "/b/a", "/{}"]) expect(isClash({ method: "GET", shape }, service)).toBe(false);
    expect(isClash(service, { method: anyMethod, shape: "/a" })).toBe(true);
    expect(isClash({ method: "GET", shape: "/a" }, { method: "POST", shape: "/a" })).toBe(false);
    expect([pathBelow("/a", "/a"), pathBelow("/a", "/a/b"), pathBelow("/a", "/ab")]).toEqual(["/", "/b", undefined]);
  });
});
