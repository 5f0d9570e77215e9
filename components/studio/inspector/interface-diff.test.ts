import { expect, it } from "vitest";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { catalog } from "../testing";
import { compareInterfaces } from "./interface-diff";

const take = catalog.versions.get("take@1.0") as ActionVersionResource;
type Io = ActionVersionResource["inputs"][number];
const io = (name: string, more: Partial<Io> = {}): Io => ({
  name,
  humanName: "",
  help: "",
  type: "string",
  optional: false,
  ...more,
});
const diff = (before: { inputs?: Io[]; outputs?: Io[] }, after: { inputs?: Io[]; outputs?: Io[] }) =>
  compareInterfaces(
    { ...take, inputs: [], outputs: [], ...before },
    { ...take, inputs: [], outputs: [], ...after },
  ).map((change) => `${change.isBreaking ? "!" : " "} ${change.kind} ${change.of} ${change.name}: ${change.detail}`);

it.each([
  ["an input that is needed", {}, { inputs: [io("a")] }, "! added input a: string, needed"],
  ["an input that may be left out", {}, { inputs: [io("a", { optional: true })] }, "  added input a: string"],
  ["an input with a default", {}, { inputs: [io("a", { defaultValue: "x" })] }, "  added input a: string"],
  ["an input less", { inputs: [io("a")] }, {}, "! removed input a: string"],
  ["another output", {}, { outputs: [io("a")] }, "  added output a: string"],
  ["an output less", { outputs: [io("a")] }, {}, "! removed output a: string"],
  [
    "another type",
    { outputs: [io("a")] },
    { outputs: [io("a", { type: "file" })] },
    "! changed output a: string → file",
  ],
  [
    "an input that is needed now",
    { inputs: [io("a", { optional: true })] },
    { inputs: [io("a")] },
    "! changed input a: needed from now on",
  ],
  [
    "an input that was needed",
    { inputs: [io("a")] },
    { inputs: [io("a", { optional: true })] },
    "  changed input a: no longer needed",
  ],
  [
    "an output that may be null",
    { outputs: [io("a")] },
    { outputs: [io("a", { optional: true })] },
    "! changed output a: may be null",
  ],
  [
    "a value less",
    { inputs: [io("a", { type: "enum", enumValues: ["x", "y"] })] },
    { inputs: [io("a", { type: "enum", enumValues: ["y"] })] },
    "! changed input a: without x",
  ],
])("%s", (_, before, after, line) => {
  expect(diff(before, after)).toEqual([line]);
});

it("nothing changes where only words do", () => {
  expect(diff({ inputs: [io("a")] }, { inputs: [io("a", { help: "New words" })] })).toEqual([]);
});
