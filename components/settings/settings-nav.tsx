"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { cn } from "@/components/ui/cn";
import { useActiveInView } from "@/components/ui/use-active-in-view";
import { useSettingsParts } from "./use-settings-parts";

export function SettingsNav() {
  const root = `/${useProjectId()}/settings`;
  const path = usePathname();
  const parts = useSettingsParts();
  const row = useRef<HTMLElement>(null);
  useActiveInView(row, path);
  const isAt = (href: string) => path === href || (href !== root && path.startsWith(`${href}/`));
  return (
    <nav ref={row} aria-label="Settings" className="fade-edges flex gap-1 overflow-x-auto border-line border-b">
      {parts.map((part) => (
        <Link
          key={part.href}
          href={part.href}
          aria-current={isAt(part.href) ? "page" : undefined}
          className={cn(
            "-mb-px whitespace-nowrap border-b-2 px-2.5 py-2 text-sm transition-colors focus-visible:-outline-offset-2",
            isAt(part.href) ? "border-accent font-medium text-ink" : "border-transparent text-ink-soft hover:text-ink",
          )}
        >
          {part.label}
        </Link>
      ))}
    </nav>
  );
}
