import { expect, it } from "vitest";
import { readMetadata } from "@/lib/actions/metadata";
import { addIo, readForm, removeIo, setFact, setIo } from "./metadata-form";
import { templates } from "./templates";

const template = String(templates.python.files["ryax_metadata.yaml"]);

it.each(Object.entries(templates))("the %s template is valid as it stands", (_, { files }) => {
  expect(readMetadata(String(files["ryax_metadata.yaml"])).problems).toEqual([]);
});

it("writes a version that reads as a number so that it stays a text", () => {
  const edited = setFact(template, "version", "1.10");
  expect(readForm(edited)?.version).toBe("1.10");
  expect(readMetadata(edited).interface?.version).toBe("1.10");
});

it("keeps comments and what it does not know", () => {
  const own = template.replace("  categories: []", "  # Ours.\n  resources:\n    memory: 64M");
  const edited = setIo(setFact(own, "id", "other-id"), "inputs", 0, { optional: true });
  expect(edited).toContain("# Ours.\n  resources:\n    memory: 64M");
  expect(readMetadata(edited).interface).toMatchObject({ id: "other-id", resources: { memoryBytes: 64 << 20 } });
});

it("leaves what is not changed of an input as it is written, and shows a structured default as JSON", () => {
  const written = "      default_value: { a: [ 1, b ] } # Ours.\n";
  const own = template.replace("type: string\n      default_value: World\n", `type: object\n${written}`);
  expect(readForm(own)?.inputs[0]?.defaultValue).toBe('{"a":[1,"b"]}');
  expect(setIo(own, "inputs", 0, { help: "Other." })).toBe(own.replace("Who is greeted.", "Other."));
  const typed = setIo(own, "inputs", 0, { defaultValue: '{"a": [2]}' });
  expect(readMetadata(typed).interface?.inputs[0]?.defaultValue).toEqual({ a: [2] });
  const unfinished = setIo(own, "inputs", 0, { defaultValue: '{"a": ' });
  expect(readForm(unfinished)?.inputs[0]?.defaultValue).toBe('{"a": ');
});

it("adds, changes and removes inputs of every kind", () => {
  let yaml = addIo(addIo(template, "inputs"), "inputs");
  yaml = setIo(yaml, "inputs", 1, { name: "how_often", type: "integer", defaultValue: "3" });
  yaml = setIo(yaml, "inputs", 2, { name: "tone", type: "enum", enumValues: ["loud", "soft"], optional: true });
  yaml = removeIo(yaml, "inputs", 0);
  const { interface: read, problems } = readMetadata(yaml);
  expect(problems).toEqual([]);
  expect(read?.inputs).toEqual([
    { name: "how_often", humanName: "How often", help: "", type: "integer", optional: false, defaultValue: 3 },
    { name: "tone", humanName: "Tone", help: "", type: "enum", optional: true, enumValues: ["loud", "soft"] },
  ]);
  expect(readMetadata(setIo(yaml, "inputs", 0, { defaultValue: "" })).interface?.inputs[0]).not.toHaveProperty(
    "defaultValue",
  );
});

it("begins a list that was empty or absent", () => {
  const empty = removeIo(template, "outputs", 0);
  expect(readMetadata(empty).interface?.outputs).toEqual([]);
  const added = addIo(empty, "outputs");
  expect(readMetadata(added).interface?.outputs.map((output) => output.name)).toEqual(["output_1"]);
  const absent = "apiVersion: ryax.tech/v2.0\nkind: Processor\nspec:\n  id: abc\n";
  expect(readForm(addIo(absent, "inputs"))?.inputs).toHaveLength(1);
});

it("leaves a file that is not YAML alone", () => {
  expect(readForm("a: [")).toBeNull();
  expect(setFact("a: [", "id", "x")).toBe("a: [");
});
