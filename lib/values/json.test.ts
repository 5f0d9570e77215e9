import { expect, it } from "vitest";
import { parseJson, stringifyJson } from "./json";

it("keeps 64-bit integers on the way through", () => {
  const text = '{"max":9223372036854775807,"small":3}';
  expect(stringifyJson(parseJson(text))).toBe(text);
});

it("takes the last of two equal keys, whether or not a long number stands beside them", () => {
  expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
  expect(parseJson('{"a":1,"a":2,"b":9223372036854775807}')).toEqual({ a: 2, b: 9223372036854775807n });
});

it("gives no object another prototype", () => {
  for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"b":9223372036854775807}']) {
    expect((parseJson(text) as { x?: unknown }).x).toBeUndefined();
  }
});
