import { Ghost } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What the screen was about has been deleted while it was looked at. */
export function Gone({ what, backHref, backLabel }: { what: string; backHref: string; backLabel: string }) {
  return (
    <EmptyState
      icon={<Ghost size={22} />}
      title={`${what} is no longer there`}
      action={
        <Link href={backHref} className={buttonClass({ look: "primary" })}>
          {backLabel}
        </Link>
      }
    >
      Somebody has deleted it while this page was open.
    </EmptyState>
  );
}
