import Link from "next/link";
import type { ReactNode } from "react";
import { ConnectionNotice } from "@/components/live/connection-notice";
import { Palette } from "@/components/palette/palette";
import type { UserResource } from "@/lib/accounts/contract";
import type { SandboxReport } from "@/lib/fleet/sandbox-level";
import { AccountMenu } from "./account-menu";
import { BrandMark } from "./brand";
import { BottomNav, SideNav } from "./nav";
import { ProjectSwitcher } from "./project-switcher";
import { SandboxBanner } from "./sandbox-banner";

/**
 * The frame of every screen of a project. One that marks itself `data-fullscreen` gets the whole window, one that marks
 * itself `data-wide` more of its width.
 */
export function Shell({
  projectId,
  user,
  sandbox,
  children,
}: {
  projectId: string;
  user: UserResource;
  sandbox: SandboxReport | null;
  children: ReactNode;
}) {
  return (
    <div className="group/shell min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)] md:has-[[data-fullscreen]]:block">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-5 border-line border-r bg-sunken px-3 py-4 md:flex md:group-has-[[data-fullscreen]]/shell:hidden">
        <Link href="/projects" aria-label="Millrace: all projects" className="w-fit rounded-md px-2">
          <span className="flex items-center gap-2 font-semibold tracking-tight">
            <BrandMark size={20} />
            Millrace
          </span>
        </Link>
        <ProjectSwitcher />
        <Palette />
        <SideNav projectId={projectId} />
        <div className="mt-auto">
          <AccountMenu user={user} />
        </div>
      </aside>
      <header className="sticky top-0 z-20 flex items-center gap-1 border-line border-b bg-canvas/90 px-3 py-2 backdrop-blur group-has-[[data-fullscreen]]/shell:hidden md:hidden">
        <Link href="/projects" aria-label="Millrace: all projects" className="p-1">
          <BrandMark />
        </Link>
        <div className="min-w-0 flex-1">
          <ProjectSwitcher />
        </div>
        <Palette isCompact />
        <AccountMenu user={user} isCompact />
      </header>
      <main
        id="main"
        className="min-w-0 px-4 pt-5 pb-24 group-has-[[data-fullscreen]]/shell:p-0 sm:px-6 md:px-8 md:pt-7 md:pb-16"
      >
        <div className="mx-auto flex max-w-6xl flex-col gap-6 group-has-[[data-fullscreen]]/shell:max-w-none group-has-[[data-wide]]/shell:max-w-[110rem]">
          <div className="contents group-has-[[data-fullscreen]]/shell:hidden">
            <SandboxBanner report={sandbox} />
          </div>
          {children}
        </div>
      </main>
      <div className="contents group-has-[[data-fullscreen]]/shell:hidden">
        <BottomNav projectId={projectId} />
      </div>
      <ConnectionNotice />
    </div>
  );
}
