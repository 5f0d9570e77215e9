"use client";
import { useQuery } from "@tanstack/react-query";
import { LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { projectsQuery } from "@/components/projects/queries";
import { cn } from "@/components/ui/cn";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { ProjectResource } from "@/lib/projects/contract";
import { ProjectMark } from "./project-mark";

export default function ProjectSwitcherContent({ project, trigger }: { project: ProjectResource; trigger: ReactNode }) {
  const { data } = useQuery(projectsQuery());
  return (
    <Menu startsOpen align="start" trigger={trigger}>
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
