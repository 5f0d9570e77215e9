"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { ArrowRight, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { ProjectMark } from "@/components/shell/project-mark";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/time";
import { CreateProjectForm } from "./create-project-form";
import { projectsQuery } from "./queries";

export function ProjectsPage({ startsWithForm }: { startsWithForm: boolean }) {
  const { items } = useSuspenseQuery(projectsQuery()).data;
  const [isCreating, setCreating] = useState(startsWithForm);
  if (items.length === 0) return <FirstProject />;
  return (
    <>
      <div className="mb-6 flex items-center justify-between gap-4">
        <h1 className="font-semibold text-2xl">Projects</h1>
        <Button look="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
          New project
        </Button>
      </div>
      <ul className="grid gap-3 sm:grid-cols-2">
        {items.map((project) => (
          <li
            key={project.id}
            className="group relative flex items-center gap-3.5 rounded-lg border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong"
          >
            <ProjectMark name={project.name} id={project.id} isLarge />
            <div className="min-w-0 flex-1">
              <Link href={`/${project.id}`} className="block truncate font-medium after:absolute after:inset-0">
                {project.name}
              </Link>
              <p className="text-ink-faint text-xs">
                {project.role} · created <RelativeTime at={project.createdAt} className="relative" />
              </p>
            </div>
            <ArrowRight
              size={16}
              aria-hidden="true"
              className="shrink-0 text-ink-faint opacity-0 transition-opacity group-hover:opacity-100"
            />
          </li>
        ))}
      </ul>
      <Dialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        title="New project"
        description="A project has its own library, workflows, keys and members, apart from all others."
      >
        <CreateProjectForm />
      </Dialog>
    </>
  );
}

function FirstProject() {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col gap-6 py-10">
      <div>
        <h1 className="font-semibold text-2xl">Create your first project</h1>
        <p className="mt-2 text-ink-soft">
          A project holds your functions, the workflows that link them, and the URL that people call. Its members, keys
          and runs are kept apart from every other project.
        </p>
      </div>
      <div className="rounded-xl border border-line bg-surface p-5 shadow-card">
        <CreateProjectForm isFirst />
      </div>
    </div>
  );
}
