import { Library, type LucideIcon, Play, Settings, Workflow } from "lucide-react";

export interface NavItem {
  label: string;
  icon: LucideIcon;
  href: string;
  /** Whether a place belongs to this item. */
  isCurrent: (path: string) => boolean;
}

export function navItems(projectId: string): NavItem[] {
  const root = `/${projectId}`;
  const below = (part: string) => (path: string) => path === `${root}/${part}` || path.startsWith(`${root}/${part}/`);
  return [
    {
      label: "Workflows",
      icon: Workflow,
      href: root,
      isCurrent: (path) => path === root || below("workflows")(path),
    },
    { label: "Runs", icon: Play, href: `${root}/runs`, isCurrent: below("runs") },
    { label: "Library", icon: Library, href: `${root}/library`, isCurrent: below("library") },
    { label: "Settings", icon: Settings, href: `${root}/settings`, isCurrent: below("settings") },
  ];
}
