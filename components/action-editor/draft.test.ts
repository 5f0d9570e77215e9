import { expect, it } from "vitest";
import { base64Of, editableFiles, readDraft, zipDraft } from "./draft";

it("gives every file back as it was, and what is no text untouched", () => {
  const logo = new Uint8Array([137, 80, 78, 71, 0, 255]);
  const draft = {
    files: { "ryax_metadata.yaml": "spec: ü\n", "b/__init__.py": "", "ryax_handler.py": "pass\n", "logo.png": logo },
  };
  const again = readDraft(zipDraft(draft));
  expect(again).toEqual(draft);
  expect(editableFiles(again)).toEqual(["ryax_handler.py", "ryax_metadata.yaml", "b/__init__.py"]);
});

it("writes base64 of more bytes than one call takes", () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
});
