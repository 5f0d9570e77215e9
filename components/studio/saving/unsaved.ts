import { z } from "zod";
import { definitionSchema } from "@/lib/workflows/definition/schema";
import type { Unsaved } from "./autosave";

/** What the server does not have yet, kept in the browser so that it survives a closed tab. One entry per tab. */

const entrySchema = z.object({
  revision: z.number().int(),
  at: z.number(),
  definition: definitionSchema,
  base: definitionSchema.nullable().default(null),
});
type Entry = z.infer<typeof entrySchema> & { key: string };

/** What nobody has come back for is let go. */
const maxAgeMs = 30 * 24 * 60 * 60 * 1000;
const root = "millrace.studio.";

function tabId(): string {
  const known = sessionStorage.getItem(`${root}tab`);
  if (known) return known;
  const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
  sessionStorage.setItem(`${root}tab`, id);
  return id;
}

export class UnsavedEdits {
  private readonly prefix: string;

  constructor(workflowId: string) {
    this.prefix = `${root}${workflowId}.`;
  }

  /** This tab's own, else the newest of a tab that was closed. It is moved here. */
  find(): Unsaved | null {
    const entries = this.entries();
    const own = entries.find((entry) => entry.key === this.ownKey());
    const found = own ?? entries.sort((left, right) => right.at - left.at)[0];
    if (!found) return null;
    if (found.key !== this.ownKey()) localStorage.removeItem(found.key);
    this.keep(found);
    return found;
  }

  keep(unsaved: Unsaved | null): void {
    if (!unsaved) return localStorage.removeItem(this.ownKey());
    const { revision, definition, base } = unsaved;
    const entry = { revision, definition, at: Date.now() };
    // Without room for both, the edits alone; without room for those, the save that follows has to do.
    if (!this.write({ ...entry, base })) this.write(entry);
  }

  private write(entry: object): boolean {
    try {
      localStorage.setItem(this.ownKey(), JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  private ownKey(): string {
    return this.prefix + tabId();
  }

  private entries(): Entry[] {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
    return keys.flatMap((key) => {
      const entry = entrySchema.safeParse(parseOrNull(localStorage.getItem(key)));
      if (entry.success && Date.now() - entry.data.at < maxAgeMs) return [{ ...entry.data, key }];
      localStorage.removeItem(key);
      return [];
    });
  }
}

function parseOrNull(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
