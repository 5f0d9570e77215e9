"use client";
import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import Link from "next/link";
import { useMay, useProject } from "@/components/projects/use-project";
import { keysQuery } from "@/components/settings/queries";
import { cn } from "@/components/ui/cn";
import { Section } from "@/components/ui/section";
import type { WorkflowResource } from "@/lib/workflows/contract";

interface Step {
  title: string;
  href: string;
  verb: string;
  isDone: boolean;
}

/** What is left until a project answers its first call; whoever shows it takes it away when that has been. */
export function Checklist({ workflows }: { workflows: readonly WorkflowResource[] }) {
  const project = useProject();
  const keys = useQuery({ ...keysQuery(project.id), enabled: useMay("keys.view") }).data?.items;
  const root = `/${project.id}`;
  const live = workflows.find((workflow) => workflow.state === "live");
  const [newest] = workflows;
  const steps: Step[] = [
    {
      title: "Make a workflow live",
      href: newest ? `${root}/workflows/${newest.id}/studio` : `${root}?new=workflow`,
      verb: "Open the studio",
      isDone: live !== undefined,
    },
    {
      title: "Have a key to call it with",
      href: `${root}/settings/keys?new=key`,
      verb: "Make a key",
      isDone: !project.requireKey || keys?.some((key) => key.revokedAt === null) === true,
    },
    {
      title: "See its first run",
      href: `${root}/workflows/${(live ?? newest)?.id ?? ""}?tab=call`,
      verb: "How to call it",
      isDone: false,
    },
  ];
  const next = steps.find((step) => !step.isDone);
  return (
    <Section title="Up to the first answer">
      <ol className="flex flex-col gap-1 px-5 py-3">
        {steps.map((step) => (
          <li key={step.title} className="flex h-8 items-center gap-3 text-sm">
            <span
              className={cn(
                "flex size-5 shrink-0 items-center justify-center rounded-full border",
                step.isDone ? "border-completed text-completed" : "border-line-strong",
              )}
            >
              {step.isDone && <Check size={12} role="img" aria-label="Done" />}
            </span>
            <span className={cn("min-w-0 truncate", step.isDone && "text-ink-faint line-through")}>{step.title}</span>
            {step === next && (
              <Link href={step.href} className="ml-auto shrink-0 rounded-sm font-medium text-accent hover:underline">
                {step.verb}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
