"use client";
import { ChevronsUpDown } from "lucide-react";
import { type ComponentProps, lazy, type ReactElement } from "react";
import { useProject } from "@/components/projects/use-project";
import { MenuOnDemand } from "@/components/ui/menu-on-demand";
import { ProjectMark } from "./project-mark";

const load = () => import("./project-switcher-content");
const Content = lazy(load);

export function ProjectSwitcher() {
  const project = useProject();
  const button: ReactElement<ComponentProps<"button">> = (
    <button
      type="button"
      aria-label={`Project: ${project.name}. Switch`}
      className="flex h-9 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left transition-colors hover:bg-hover"
    >
      <ProjectMark name={project.name} id={project.id} />
      <span dir="auto" className="min-w-0 flex-1 truncate text-left font-medium text-sm">
        {project.name}
      </span>
      <ChevronsUpDown size={14} className="shrink-0 text-ink-faint" aria-hidden="true" />
    </button>
  );
  return (
    <MenuOnDemand trigger={button} preload={() => void load()}>
      {(opened) => <Content project={project} trigger={opened} />}
    </MenuOnDemand>
  );
}
