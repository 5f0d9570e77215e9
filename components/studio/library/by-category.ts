import type { ActionGroup } from "@/components/library/group-actions";

export interface LibrarySection {
  category: string;
  groups: ActionGroup[];
}

const ofOwn = "This project";
export const triggers = "Triggers";
const others = "Other";

/**
 * What the project has made itself comes first and triggers second, the rest by the first category that each names; within
 * a section by name. Pure.
 */
export function byCategory(groups: ActionGroup[]): LibrarySection[] {
  const sections = new Map<string, ActionGroup[]>([
    [ofOwn, []],
    [triggers, []],
  ]);
  for (const group of groups) {
    const category = categoryOf(group);
    const section = sections.get(category);
    if (section) section.push(group);
    else sections.set(category, [group]);
  }
  const rank = ({ category }: LibrarySection) =>
    category === ofOwn ? 0 : category === triggers ? 1 : category === others ? 3 : 2;
  return [...sections]
    .filter(([, found]) => found.length > 0)
    .map(([category, found]) => ({
      category,
      groups: found.sort((left, right) => left.latest.name.localeCompare(right.latest.name)),
    }))
    .sort((left, right) => rank(left) - rank(right) || left.category.localeCompare(right.category));
}

function categoryOf({ latest }: ActionGroup): string {
  if (latest.kind === "trigger") return triggers;
  if (latest.source !== "builtin") return ofOwn;
  return latest.categories[0] ?? others;
}
