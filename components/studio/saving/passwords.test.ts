import { expect, it } from "vitest";
import type { Definition } from "@/lib/workflows/definition/schema";
import { definition } from "@/lib/workflows/definition/testing";
import { catalog } from "../testing";
import { takeUpSeals, withoutPasswords } from "./passwords";

const withKey = (key: object): Definition => definition([{ id: "s", use: "secret", inputs: { key } }], []);
const keyOf = (made: Definition) => made.nodes[0]?.inputs.key;

it("a typed password is not kept, and whatever else is", () => {
  expect(keyOf(withoutPasswords(withKey({ static: "hunter2" }), catalog))).toEqual({ static: null });
  const sealed = withKey({ sealed: true });
  expect(withoutPasswords(sealed, catalog)).toBe(sealed);
  const text = definition([{ id: "t", use: "take", inputs: { text: { static: "hello" } } }], []);
  expect(withoutPasswords(text, catalog)).toBe(text);
});

it("a password that has been stored is sealed in the editor too", () => {
  const sent = withKey({ static: "hunter2" });
  expect(keyOf(takeUpSeals(sent, sent, withKey({ sealed: true })))).toEqual({ sealed: true });
});

it("a password that was typed anew meanwhile stays", () => {
  const sent = withKey({ static: "old" });
  const present = withKey({ static: "new" });
  expect(takeUpSeals(present, sent, withKey({ sealed: true }))).toBe(present);
});

it("a seal that the server has lost is gone", () => {
  const sent = withKey({ sealed: true });
  expect(keyOf(takeUpSeals(sent, sent, withKey({ static: null })))).toEqual({ static: null });
  expect(takeUpSeals(sent, sent, withKey({ sealed: true }))).toBe(sent);
});
