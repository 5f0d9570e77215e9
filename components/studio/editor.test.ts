import { describe, expect, it } from "vitest";
import type { Definition } from "@/lib/workflows/definition/schema";
import { definition, take } from "@/lib/workflows/definition/testing";
import { answerId } from "./definition-to-flow";
import { Editor } from "./editor";
import { removeNodes, renameNode } from "./edits/nodes";

const start = () => definition([take("a"), take("b")], [["a", "b"]]);
const names = (made: Definition) => made.nodes.map((node) => node.name || node.id).join();

function watched() {
  const editor = new Editor(start());
  const told: string[] = [];
  const saved: string[] = [];
  editor.subscribe(() => told.push(names(editor.definition)));
  editor.onEdit = (made) => saved.push(names(made));
  return { editor, told, saved };
}

describe("an edit", () => {
  it("is told to those who show and to whoever saves", () => {
    const { editor, told, saved } = watched();
    editor.edit((d) => renameNode(d, "a", "New"));
    expect([told, saved]).toEqual([["New,b"], ["New,b"]]);
  });

  it("that changes nothing is told to nobody", () => {
    const { editor, told, saved } = watched();
    editor.edit((d) => d);
    editor.undo();
    editor.redo();
    expect([told, saved]).toEqual([[], []]);
  });

  it("is saved when it is undone, and when it is done again", () => {
    const { editor, saved } = watched();
    editor.edit((d) => renameNode(d, "a", "New"));
    editor.undo();
    editor.redo();
    expect(saved).toEqual(["New,b", "a,b", "New,b"]);
  });
});

describe("what comes from the server", () => {
  it("is shown, and not saved again", () => {
    const { editor, told, saved } = watched();
    editor.correct((d) => renameNode(d, "a", "Corrected"));
    editor.replace(definition([take("c")], []));
    expect([told, saved]).toEqual([["Corrected,b", "c"], []]);
  });

  it("by somebody else is where undo ends: it would take back their work", () => {
    const { editor, saved } = watched();
    editor.edit((d) => renameNode(d, "a", "Mine"));
    editor.replace(definition([take("c")], []));
    editor.undo();
    expect([names(editor.definition), saved]).toEqual(["c", ["Mine,b"]]);
  });
});

describe("the selection", () => {
  it("stays on what is still there, the answer included", () => {
    const { editor } = watched();
    editor.select(["a", "b", answerId]);
    editor.edit((d) => removeNodes(d, ["a"]));
    expect(editor.read().selection).toEqual(["b", answerId]);
    editor.replace(definition([take("c")], []));
    expect(editor.read().selection).toEqual([answerId]);
  });

  it("that is the same is not told again", () => {
    const { editor, told } = watched();
    editor.select(["a"]);
    editor.select(["a"]);
    expect(told).toHaveLength(1);
  });

  it("follows a problem to its step, its tab and its field", () => {
    const { editor } = watched();
    editor.reveal({ node: "b", tab: "configure", field: "inputs.text" });
    expect(editor.read()).toMatchObject({ selection: ["b"], tab: "configure", field: "inputs.text" });
    editor.reveal({ node: null, tab: "configure", field: null });
    expect(editor.read().selection).toEqual([]);
  });
});
