import type { ActionVersionResource } from "@/lib/actions/contract";
import { isSameJson } from "@/lib/values/same";

/** What changes for a node when another version of its action takes the place of the one it uses. Pure. */
export interface InterfaceChange {
  kind: "added" | "removed" | "changed";
  of: "input" | "output";
  name: string;
  detail: string;
  /** Something that worked may no longer: a value is missing, or is of another type. */
  isBreaking: boolean;
}

type Io = ActionVersionResource["inputs"][number];

const needs = (io: Io) => !io.optional && io.defaultValue === undefined;

export function compareInterfaces(before: ActionVersionResource, after: ActionVersionResource): InterfaceChange[] {
  return [...compareIos("input", before.inputs, after.inputs), ...compareIos("output", before.outputs, after.outputs)];
}

function compareIos(of: "input" | "output", before: Io[], after: Io[]): InterfaceChange[] {
  const old = new Map(before.map((io) => [io.name, io]));
  const names = new Set(after.map((io) => io.name));
  const removed = before
    .filter((io) => !names.has(io.name))
    .map((io): InterfaceChange => ({ kind: "removed", of, name: io.name, detail: io.type, isBreaking: true }));
  const others = after.flatMap((io): InterfaceChange[] => {
    const known = old.get(io.name);
    if (!known) {
      const isBreaking = of === "input" && needs(io);
      return [{ kind: "added", of, name: io.name, detail: isBreaking ? `${io.type}, needed` : io.type, isBreaking }];
    }
    const differences = differencesOf(of, known, io);
    if (differences.length === 0) return [];
    const isBreaking = differences.some((difference) => difference.isBreaking);
    const detail = differences.map((difference) => difference.text).join(", ");
    return [{ kind: "changed", of, name: io.name, detail, isBreaking }];
  });
  return [...removed, ...others];
}

function differencesOf(of: "input" | "output", before: Io, after: Io): { text: string; isBreaking: boolean }[] {
  const found: { text: string; isBreaking: boolean }[] = [];
  if (before.type !== after.type) found.push({ text: `${before.type} → ${after.type}`, isBreaking: true });
  else if (!isSameJson(before.schema, after.schema)) {
    const isWider = of === "input" ? after.schema === undefined : before.schema === undefined;
    found.push({ text: "another schema", isBreaking: !isWider });
  }
  const isNeeded = of === "input" && needs(after) && !needs(before);
  if (isNeeded) found.push({ text: "needed from now on", isBreaking: true });
  if (of === "input" && needs(before) && !needs(after)) found.push({ text: "no longer needed", isBreaking: false });
  if (of === "output" && before.optional !== after.optional)
    found.push({ text: after.optional ? "may be null" : "never null", isBreaking: after.optional });
  const gone = before.enumValues?.filter((value) => after.enumValues && !after.enumValues.includes(value)) ?? [];
  if (gone.length > 0 && of === "input") found.push({ text: `without ${gone.join(", ")}`, isBreaking: true });
  return found;
}
