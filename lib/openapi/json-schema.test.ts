import { expect, it } from "vitest";
import { z } from "zod";
import { SchemaPrinter } from "./json-schema";

const print = (schema: z.ZodType) => new SchemaPrinter(new Map()).print(schema, "input");

it("prints patterns that readers other than JavaScript know, alone and several", () => {
  const line = z.string().regex(/^[^\p{Cc}]+$/u);
  const portable = "^[^\\u0000-\\u001f\\u007f-\\u009f]+$";
  expect(print(line)).toEqual({ type: "string", pattern: portable });
  expect(print(line.regex(/a/)).allOf).toEqual([expect.objectContaining({ pattern: portable }), expect.anything()]);
  expect(new RegExp(portable).test("a\nb")).toBe(false);
});

it("leaves out defaults that are objects, which generators of clients stumble over", () => {
  const schema = z.object({ many: z.array(z.string()).default([]), one: z.object({}).default({}) });
  const { many, one } = print(schema).properties as Record<string, object>;
  expect([many, one]).toEqual([expect.objectContaining({ default: [] }), expect.not.objectContaining({ default: {} })]);
});
