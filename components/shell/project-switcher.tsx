"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import { projectsQuery } from "@/components/projects/queries";
import { useProject } from "@/components/projects/use-project";
import { cn } from "@/components/ui/cn";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";

export function ProjectSwitcher() {
  const project = useProject();
  const { data } = useQuery(projectsQuery());
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`Project: ${project.name}. Switch`}
          className="flex h-9 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left transition-colors hover:bg-hover"
        >
          <ProjectMark name={project.name} id={project.id} />
          <span className="min-w-0 flex-1 truncate font-medium text-sm">{project.name}</span>
          <ChevronsUpDown size={14} className="shrink-0 text-ink-faint" aria-hidden="true" />
        </button>
      }
    >
      {(data?.items ?? [project]).map((item) => (
        <MenuItem key={item.id} asChild>
          <Link href={`/${item.id}`} aria-current={item.id === project.id ? "true" : undefined}>
            <ProjectMark name={item.name} id={item.id} />
            <span className={cn("truncate", item.id === project.id && "font-medium")}>{item.name}</span>
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/projects">
          <LayoutGrid size={15} />
          All projects
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/projects?new=1">
          <Plus size={15} />
          New project
        </Link>
      </MenuItem>
    </Menu>
  );
}

const hues = [205, 150, 285, 30, 90, 330, 250];

/** A project's sign: its first letter on a colour that its id gives it. */
export function ProjectMark({ name, id, isLarge = false }: { name: string; id: string; isLarge?: boolean }) {
  const hue = hues[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % hues.length];
  return (
    <span
      aria-hidden="true"
      className={cn(
        "flex shrink-0 items-center justify-center font-semibold uppercase",
        isLarge ? "size-9 rounded-lg text-base" : "size-5.5 rounded-sm text-2xs",
      )}
      style={{
        backgroundColor: `light-dark(oklch(0.92 0.045 ${hue}), oklch(0.34 0.06 ${hue}))`,
        color: `light-dark(oklch(0.4 0.09 ${hue}), oklch(0.88 0.07 ${hue}))`,
      }}
    >
      {[...name][0]}
    </span>
  );
}
