import type { Definition } from "@/lib/workflows/definition/schema";

/** A definition with what it was before each edit. Pure. */
export interface EditorState {
  definition: Definition;
  past: readonly Definition[];
  future: readonly Definition[];
  /** What the last edit was of; the next one of the same is undone together with it. */
  lastEdit: string | null;
}

const maxUndo = 200;

export function startEditing(definition: Definition): EditorState {
  return { definition, past: [], future: [], lastEdit: null };
}

/** @param of names what is typed into, letter by letter, so that it is one step for undo */
export function applyEdit(state: EditorState, definition: Definition, of: string | null = null): EditorState {
  if (definition === state.definition) return state;
  const continues = of !== null && of === state.lastEdit;
  const past = continues ? state.past : [...state.past, state.definition].slice(-maxUndo);
  return { definition, past, future: [], lastEdit: of };
}

export function undo(state: EditorState): EditorState {
  const before = state.past.at(-1);
  if (!before) return state;
  return {
    definition: before,
    past: state.past.slice(0, -1),
    future: [state.definition, ...state.future],
    lastEdit: null,
  };
}

export function redo(state: EditorState): EditorState {
  const [after, ...future] = state.future;
  if (!after) return state;
  return { definition: after, past: [...state.past, state.definition], future, lastEdit: null };
}

/** What the server says in place of what was sent; not an edit, so undo does not see it. */
export function correct(state: EditorState, definition: Definition): EditorState {
  return { ...state, definition };
}
