import { describe, expect, it } from "vitest";
import { definition } from "@/lib/workflows/definition/testing";
import { applyEdit, correct, redo, startEditing, undo } from "./editor-state";

const named = (...names: string[]) =>
  definition(
    names.map((id) => ({ id, use: "take" })),
    [],
  );
const ids = (state: { definition: ReturnType<typeof named> }) => state.definition.nodes.map((node) => node.id).join("");

describe("undo", () => {
  it("goes back edit by edit, and forward again", () => {
    let state = startEditing(named("a"));
    state = applyEdit(state, named("a", "b"));
    state = applyEdit(state, named("a", "b", "c"));
    state = undo(state);
    expect(ids(state)).toBe("ab");
    state = undo(state);
    expect(ids(state)).toBe("a");
    expect(undo(state)).toBe(state);
    state = redo(redo(state));
    expect(ids(state)).toBe("abc");
    expect(redo(state)).toBe(state);
  });

  it("takes what was typed into one field as one edit, and other fields apart", () => {
    let state = startEditing(named("a"));
    state = applyEdit(state, named("a1"), "name of a");
    state = applyEdit(state, named("a2"), "name of a");
    state = applyEdit(state, named("a3"), "help of a");
    expect(ids(undo(state))).toBe("a2");
    expect(ids(undo(undo(state)))).toBe("a");
  });

  it("does not join what is typed after an undo with what was typed before it", () => {
    let state = applyEdit(startEditing(named("a")), named("b"), "x");
    state = applyEdit(undo(state), named("c"), "x");
    expect(ids(undo(state))).toBe("a");
  });

  it("forgets what was undone once something else is edited", () => {
    const state = applyEdit(undo(applyEdit(startEditing(named("a")), named("b"))), named("c"));
    expect(redo(state)).toBe(state);
  });

  it("does not see a correction, nor an edit that changes nothing", () => {
    const state = applyEdit(startEditing(named("a")), named("b"));
    expect(ids(undo(correct(state, named("c"))))).toBe("a");
    expect(applyEdit(state, state.definition)).toBe(state);
  });
});
