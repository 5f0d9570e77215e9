"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { navItems } from "./nav-items";

/** The console's parts, down the side. */
export function SideNav({ projectId }: { projectId: string }) {
  const path = usePathname();
  return (
    <nav aria-label="Project" className="flex flex-col gap-0.5">
      {navItems(projectId).map(({ label, icon: Icon, href, isCurrent }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent(path) ? "page" : undefined}
          className={cn(
            "flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-sm transition-colors",
            isCurrent(path)
              ? "bg-surface font-medium text-ink shadow-card ring-1 ring-line [&_svg]:text-accent"
              : "text-ink-soft hover:bg-hover hover:text-ink",
          )}
        >
          <Icon size={16} aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** The same along the lower edge of a phone. */
export function BottomNav({ projectId }: { projectId: string }) {
  const path = usePathname();
  return (
    <nav
      aria-label="Project"
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-4 border-line border-t bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {navItems(projectId).map(({ label, icon: Icon, href, isCurrent }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent(path) ? "page" : undefined}
          className={cn(
            "flex flex-col items-center gap-0.5 py-2 text-2xs",
            isCurrent(path) ? "font-medium text-accent" : "text-ink-faint",
          )}
        >
          <Icon size={18} aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
