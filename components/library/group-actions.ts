import type { ActionVersionResource } from "@/lib/actions/contract";

/** An action with its versions, newest first. */
export interface ActionGroup {
  id: string;
  latest: ActionVersionResource;
  versions: ActionVersionResource[];
}

/** Whether the project brought it; the others come with Millrace. */
export const isOwn = (group: ActionGroup): boolean => group.latest.source !== "builtin";

/** Versions come newest first, and so do the project's own, by their newest; the others follow by name. Pure. */
export function groupActions(versions: ActionVersionResource[]): ActionGroup[] {
  const groups = new Map<string, ActionGroup>();
  for (const version of versions) {
    const group = groups.get(version.id);
    if (group) group.versions.push(version);
    else groups.set(version.id, { id: version.id, latest: version, versions: [version] });
  }
  const all = [...groups.values()];
  const others = all.filter((group) => !isOwn(group));
  return [...all.filter(isOwn), ...others.sort((a, b) => a.latest.name.localeCompare(b.latest.name))];
}

export function searchActions(groups: ActionGroup[], search: string): ActionGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.filter(({ id, latest }) => {
    const text = [id, latest.name, latest.description, latest.type, latest.kind, ...latest.categories]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
