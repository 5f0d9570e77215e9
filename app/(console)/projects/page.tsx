import Link from "next/link";
import { ProjectsPage } from "@/components/projects/projects-page";
import { projectsQuery } from "@/components/projects/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { AccountMenu } from "@/components/shell/account-menu";
import { Brand } from "@/components/shell/brand";
import { SandboxBanner } from "@/components/shell/sandbox-banner";
import { weakestSandbox } from "@/lib/fleet";
import { listProjects } from "@/lib/projects";
import { openUser } from "../open";

export const metadata = { title: "Projects" };

export default async function Page({ searchParams }: { searchParams: Promise<{ new?: string }> }) {
  const { context, user } = await openUser();
  const [projects, sandbox] = await Promise.all([listProjects(context, undefined), weakestSandbox()]);
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-4 py-5 sm:px-6">
      <header className="mb-10 flex items-center justify-between">
        <Link href="/projects" aria-label="Millrace: all projects">
          <Brand />
        </Link>
        <AccountMenu user={user} isCompact />
      </header>
      <main>
        <div className="mb-6 empty:hidden">
          <SandboxBanner report={sandbox} />
        </div>
        <Seeded seeds={[seed(projectsQuery(), projects)]}>
          <ProjectsPage startsWithForm={(await searchParams).new !== undefined} />
        </Seeded>
      </main>
    </div>
  );
}
