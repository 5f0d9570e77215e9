import type { Definition } from "@/lib/workflows/definition/schema";
import { answerId } from "./definition-to-flow";
import { applyEdit, correct, type EditorState, redo, startEditing, undo } from "./editor-state";

export type InspectorTab = "configure" | "results" | "action" | "run";

/** Where the next action from the library goes. */
export type InsertPlace = { after: string } | { on: { from: string; to: string } } | null;

export interface EditorView extends EditorState {
  selection: readonly string[];
  tab: InspectorTab;
  /** The field to be focused next: a place as problems name them. */
  field: string | null;
  insertAt: InsertPlace;
}

/**
 * What the studio's parts share: the definition, what is selected and what is looked at. Parts subscribe to the piece
 * that they show, so that typing into one field does not draw a thousand nodes.
 */
export class Editor {
  private view: EditorView;
  private readonly listeners = new Set<() => void>();
  /** Called with each definition that a person has made. */
  onEdit: (definition: Definition) => void = () => {};

  constructor(definition: Definition) {
    this.view = { ...startEditing(definition), selection: [], tab: "configure", field: null, insertAt: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): EditorView => this.view;

  get definition(): Definition {
    return this.view.definition;
  }

  /** @param of see `applyEdit` */
  edit(change: (definition: Definition) => Definition, of: string | null = null): void {
    this.move(applyEdit(this.view, change(this.view.definition), of));
  }

  undo(): void {
    this.move(undo(this.view));
  }

  redo(): void {
    this.move(redo(this.view));
  }

  /** Takes up what the server has made of the definition. */
  correct(change: (definition: Definition) => Definition): void {
    this.set({ ...correct(this.view, change(this.view.definition)) });
  }

  /** Takes up somebody else's definition. Undo ends here: going back beyond it would undo their work. */
  replace(definition: Definition): void {
    this.set({ ...startEditing(definition), selection: this.existing(definition, this.view.selection) });
  }

  select(ids: readonly string[]): void {
    const { selection } = this.view;
    if (selection.length === ids.length && ids.every((id) => selection.includes(id))) return;
    this.set({ selection: ids, field: null });
  }

  show(tab: InspectorTab): void {
    this.set({ tab });
  }

  reveal(place: { node: string | null; tab: InspectorTab; field: string | null }): void {
    this.set({ selection: place.node ? [place.node] : [], tab: place.tab, field: place.field });
  }

  fieldShown(): void {
    this.set({ field: null });
  }

  insertNext(place: InsertPlace): void {
    this.set({ insertAt: place });
  }

  private move(state: EditorState): void {
    if (state.definition === this.view.definition) return;
    this.set({ ...state, selection: this.existing(state.definition, this.view.selection) });
    this.onEdit(state.definition);
  }

  private existing(definition: Definition, ids: readonly string[]): readonly string[] {
    const known = new Set(definition.nodes.map((node) => node.id));
    const kept = ids.filter((id) => known.has(id) || id === answerId);
    return kept.length === ids.length ? ids : kept;
  }

  private set(change: Partial<EditorView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
