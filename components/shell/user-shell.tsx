import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";

/** The frame of the pages that are somebody's own and no project's. */
export function UserShell({
  user,
  children,
}: Pick<ComponentProps<typeof AccountMenu>, "user"> & { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-4 py-5 sm:px-6">
      <header className="mb-10 flex items-center justify-between">
        <Link href="/projects" aria-label="Millrace: all projects">
          <Brand />
        </Link>
        <AccountMenu user={user} isCompact />
      </header>
      <main>{children}</main>
    </div>
  );
}
