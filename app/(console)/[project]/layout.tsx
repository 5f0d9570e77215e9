import type { ReactNode } from "react";
import { LiveProvider } from "@/components/live/provider";
import { projectQuery, projectsQuery } from "@/components/projects/queries";
import { ProjectProvider } from "@/components/projects/use-project";
import { Seeded, seed } from "@/components/query/seeded";
import { Shell } from "@/components/shell/shell";
import { weakestSandbox } from "@/lib/fleet";
import { listProjects, showProject } from "@/lib/projects";
import { openProjectOnce, openUser } from "../open";

type Params = Promise<{ project: string }>;

export async function generateMetadata({ params }: { params: Params }) {
  const { project } = await openProjectOnce((await params).project);
  return { title: { default: project.name, template: `%s · ${project.name} · Millrace` } };
}

export default async function ProjectLayout({ children, params }: { children: ReactNode; params: Params }) {
  const ctx = await openProjectOnce((await params).project);
  const { context, user } = await openUser();
  const [project, projects, sandbox] = await Promise.all([
    showProject(ctx, undefined),
    listProjects(context, undefined),
    weakestSandbox(),
  ]);
  return (
    <Seeded seeds={[seed(projectQuery(project.id), project), seed(projectsQuery(), projects)]}>
      <ProjectProvider projectId={project.id}>
        <LiveProvider projectId={project.id}>
          <Shell projectId={project.id} user={user} sandbox={sandbox}>
            {children}
          </Shell>
        </LiveProvider>
      </ProjectProvider>
    </Seeded>
  );
}
