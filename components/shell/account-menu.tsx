"use client";
import { type ComponentProps, lazy, type ReactElement } from "react";
import { cn } from "@/components/ui/cn";
import { MenuOnDemand } from "@/components/ui/menu-on-demand";
import type { UserResource } from "@/lib/accounts/contract";

const load = () => import("./account-menu-content");
const Content = lazy(load);

/** Whose account this is; its theme, and the way out. */
export function AccountMenu({ user, isCompact = false }: { user: UserResource; isCompact?: boolean }) {
  const label = user.name ?? user.email;
  const button: ReactElement<ComponentProps<"button">> = (
    <button
      type="button"
      aria-label={`Account: ${label}`}
      className={cn(
        "flex min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left text-sm transition-colors hover:bg-hover",
        !isCompact && "w-full",
      )}
    >
      <span
        aria-hidden="true"
        className="flex size-6.5 shrink-0 items-center justify-center rounded-full bg-accent/15 font-semibold text-2xs text-accent uppercase"
      >
        {label.slice(0, 2)}
      </span>
      {!isCompact && <span className="truncate">{label}</span>}
    </button>
  );
  return (
    <MenuOnDemand trigger={button} preload={() => void load()}>
      {(opened) => <Content user={user} isCompact={isCompact} trigger={opened} />}
    </MenuOnDemand>
  );
}
