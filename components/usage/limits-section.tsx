"use client";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/components/projects/use-project";
import { IconButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { limitKind } from "@/lib/limits/names";
import type { UsedLimit } from "@/lib/usage/contract";
import { formatAmount, isOnlyAge, nearness } from "./amount";
import { LimitDialog } from "./limit-dialog";
import { Meter } from "./meter";

/** What the project may use, and how near it is to that. */
export function LimitsSection({ limits }: { limits: UsedLimit[] }) {
  const mayManage = useMay("limits.manage");
  const [editing, setEditing] = useState<UsedLimit | null>(null);
  return (
    <Section
      title="Limits"
      description={
        mayManage
          ? "What this instance allows the project. You can hold it to less."
          : "What the project may use. Its admins can hold it to less than this instance allows."
      }
    >
      <ul className="divide-y divide-line">
        {limits.map((limit) => (
          <LimitRow key={limit.name} limit={limit} onEdit={mayManage ? () => setEditing(limit) : undefined} />
        ))}
      </ul>
      {editing && <LimitDialog limit={editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}

function LimitRow({ limit, onEdit }: { limit: UsedLimit; onEdit: (() => void) | undefined }) {
  const { name, label, unit, value, cap, used } = limit;
  const most = formatAmount(unit, value);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_2rem] items-center gap-x-4 gap-y-2 px-5 py-3 text-sm md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_2rem]">
      <div className="min-w-0">
        <p className="font-medium">{label}</p>
        <p className="text-ink-faint text-xs">
          {limitKind(name).meaning[0]?.toUpperCase()}
          {limitKind(name).meaning.slice(1)}
        </p>
      </div>
      <div className="order-3 col-span-2 flex flex-col gap-1.5 md:order-none md:col-span-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs tabular-nums">
          <Amount limit={limit} most={most} />
          {value < cap && <span className="text-ink-faint">{formatAmount(unit, cap)} allowed</span>}
        </p>
        {used !== null && !isOnlyAge(name) && (
          <Meter
            label={label}
            text={`${formatAmount(unit, used)} of ${most}`}
            used={used}
            limit={value}
            near={nearness(used, value)}
          />
        )}
      </div>
      <span className="flex justify-self-end">
        {onEdit && (
          <IconButton label={`Change the limit: ${label}`} onClick={onEdit}>
            <Pencil size={14} />
          </IconButton>
        )}
      </span>
    </li>
  );
}

function Amount({ limit: { name, unit, used }, most }: { limit: UsedLimit; most: string }) {
  if (used === null) return <span className="font-medium">{most}</span>;
  if (isOnlyAge(name))
    return (
      <span>
        <span className="font-medium">{most}</span>{" "}
        <span className="text-ink-soft">oldest {formatAmount(unit, used)}</span>
      </span>
    );
  return (
    <span>
      <span className="font-medium">{formatAmount(unit, used)}</span> <span className="text-ink-soft">of {most}</span>
    </span>
  );
}
