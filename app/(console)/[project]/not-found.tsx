"use client";
import { Ghost } from "lucide-react";
import Link from "next/link";
import { useProjectId } from "@/components/projects/use-project";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFoundInProject() {
  return (
    <EmptyState
      icon={<Ghost size={22} />}
      title="There is nothing here"
      action={
        <Link href={`/${useProjectId()}`} className={buttonClass({ look: "primary" })}>
          To the workflows
        </Link>
      }
    >
      The address is wrong, what stood here was deleted, or your role does not include it.
    </EmptyState>
  );
}
