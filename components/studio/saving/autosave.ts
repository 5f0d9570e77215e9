import type { Definition } from "@/lib/workflows/definition/schema";

export interface Saved {
  revision: number;
  definition: Definition;
}

/** Edits that the server does not have, and the draft that they were made on, where it is known. */
export interface Unsaved extends Saved {
  base: Definition | null;
}

export type SaveStatus =
  | { kind: "saved" }
  | { kind: "waiting" }
  | { kind: "saving" }
  /** `isPassing`: it is tried again by itself. */
  | { kind: "failed"; message: string; isPassing: boolean }
  /** Somebody else has saved since: nothing is sent until a person has chosen. */
  | { kind: "conflict" };

export type SaveFailure = { kind: "conflict" } | { kind: "failed"; message: string; isPassing: boolean };

export interface AutosaveDeps {
  save: (definition: Definition, revision: number, isLeaving: boolean) => Promise<Saved>;
  judgeFailure: (error: unknown) => SaveFailure;
  /** Remembers what the server does not have yet, and forgets it with null. */
  keep: (unsaved: Unsaved | null) => void;
  /** What was sent has been stored as this. */
  saved: (answer: Saved, sent: Definition) => void;
  /** Somebody else's draft, while nothing of one's own was unsaved. */
  adopt: (theirs: Saved) => void;
  delayMs?: number;
  retryMs?: number;
}

/**
 * Sends edits once they rest, one save at a time, each on top of the revision that it was made on. Nobody's work is
 * overwritten: of two people the second is told.
 */
export class Autosave {
  private unsaved: Definition | null = null;
  private isSaving = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The newest draft that the server has told of. */
  private heard: Saved | null = null;
  private current: SaveStatus = { kind: "saved" };
  private readonly listeners = new Set<() => void>();

  private revision: number;
  /** The draft of that revision: what edits are made on. */
  private base: Definition | null;

  constructor(
    { revision, definition }: Saved,
    private readonly deps: AutosaveDeps,
  ) {
    this.revision = revision;
    this.base = definition;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly status = (): SaveStatus => this.current;

  /** What one's own edits were made on; null where nobody knows any more. */
  madeOn(): Definition | null {
    return this.base;
  }

  edited(definition: Definition): void {
    this.unsaved = definition;
    this.keep(definition);
    if (this.current.kind === "conflict") return;
    if (!this.isSaving) this.tell({ kind: "waiting" });
    this.schedule(this.deps.delayMs ?? 600);
  }

  /** What was kept from before and was made on a draft that is no longer the newest. */
  startsInConflict({ definition, base }: Pick<Unsaved, "definition" | "base">): void {
    this.unsaved = definition;
    this.base = base;
    this.tell({ kind: "conflict" });
  }

  /** The server's draft has been read anew. */
  hear(theirs: Saved): void {
    if (theirs.revision <= this.revision) return;
    this.heard = theirs;
    if (!this.isSaving) this.takeUp();
  }

  /** Does not wait for the edits to rest. */
  async flush(isLeaving = false): Promise<void> {
    clearTimeout(this.timer);
    if (!this.unsaved || this.isSaving || this.current.kind === "conflict") return;
    const sent = this.unsaved;
    this.unsaved = null;
    this.isSaving = true;
    this.tell({ kind: "saving" });
    try {
      const answer = await this.deps.save(sent, this.revision, isLeaving);
      this.standOn(answer);
      this.isSaving = false;
      this.deps.saved(answer, sent);
      this.afterSave();
    } catch (error) {
      this.isSaving = false;
      const hasChanged = this.unsaved !== null;
      this.unsaved ??= sent;
      const failure = this.deps.judgeFailure(error);
      this.tell(failure);
      if (failure.kind === "failed" && (failure.isPassing || hasChanged)) this.schedule(this.deps.retryMs ?? 4_000);
    }
  }

  /** The revision that holds all that was edited; null where it could not be saved. */
  async settle(): Promise<number | null> {
    while (this.current.kind === "waiting" || this.current.kind === "saving") {
      if (this.current.kind === "waiting") await this.flush();
      else await this.nextStatus();
    }
    return this.current.kind === "saved" ? this.revision : null;
  }

  private nextStatus(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  /** Theirs is what counts from now on. */
  yieldTo(theirs: Saved): void {
    this.unsaved = null;
    this.standOn(theirs);
    this.deps.keep(null);
    this.tell({ kind: "saved" });
    this.deps.adopt(theirs);
  }

  /** Mine is what counts, on top of a draft that has been looked at. */
  async overrule(theirs: Saved, mine: Definition): Promise<void> {
    this.standOn(theirs);
    this.unsaved = mine;
    this.keep(mine);
    this.tell({ kind: "waiting" });
    await this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private afterSave(): void {
    if (this.unsaved) {
      this.keep(this.unsaved);
      this.tell({ kind: "waiting" });
      this.schedule(this.deps.delayMs ?? 600);
    } else {
      this.deps.keep(null);
      this.tell({ kind: "saved" });
    }
    this.takeUp();
  }

  private takeUp(): void {
    const { heard } = this;
    if (!heard || heard.revision <= this.revision) return;
    if (this.unsaved) return this.tell({ kind: "conflict" });
    this.standOn(heard);
    this.deps.adopt(heard);
  }

  private standOn({ revision, definition }: Saved): void {
    this.revision = revision;
    this.base = definition;
  }

  private keep(definition: Definition): void {
    this.deps.keep({ revision: this.revision, definition, base: this.base });
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delayMs);
  }

  private tell(status: SaveStatus): void {
    if (status.kind === "conflict") clearTimeout(this.timer);
    this.current = status;
    for (const listener of this.listeners) listener();
  }
}
