import { ProjectsPage } from "@/components/projects/projects-page";
import { projectsQuery } from "@/components/projects/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { SandboxBanner } from "@/components/shell/sandbox-banner";
import { UserShell } from "@/components/shell/user-shell";
import { weakestSandbox } from "@/lib/fleet";
import { listProjects } from "@/lib/projects";
import { openUser } from "../open";

export const metadata = { title: "Projects" };

export default async function Page({ searchParams }: { searchParams: Promise<{ new?: string }> }) {
  const { context, user } = await openUser();
  const [projects, sandbox] = await Promise.all([listProjects(context, undefined), weakestSandbox()]);
  return (
    <UserShell user={user}>
      <div className="mb-6 empty:hidden">
        <SandboxBanner report={sandbox} />
      </div>
      <Seeded seeds={[seed(projectsQuery(), projects)]}>
        <ProjectsPage startsWithForm={(await searchParams).new !== undefined} />
      </Seeded>
    </UserShell>
  );
}
