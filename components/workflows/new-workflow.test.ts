import { expect, it } from "vitest";
import { catalog } from "@/components/studio/testing";
import { checkDefinition } from "@/lib/workflows/definition/check";
import { library } from "@/lib/workflows/definition/testing";
import { firstDraft } from "./new-workflow";

const versions = [...catalog.versions.values()];

it.each([
  ["Summarise a text", "/summarise-a-text"],
  ["  Wetter für Köln! ", "/wetter-fur-koln"],
  ["天気", "/hello"],
  ["x".repeat(128), `/${"x".repeat(60)}`],
])("“%s” begins with an endpoint at %s", (name, path) => {
  const draft = firstDraft(name, versions);
  expect(draft?.nodes[0]?.inputs.path).toEqual({ static: path });
  expect(draft && checkDefinition(draft, library)).toEqual([]);
});

it("without the trigger in the library there is none", () => {
  expect(firstDraft("Any", [])).toBeUndefined();
});
