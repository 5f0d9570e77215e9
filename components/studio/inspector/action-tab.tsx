import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { actionHref } from "@/components/library/action-href";
import { IoTable } from "@/components/library/io-table";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field, Select } from "@/components/ui/field";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { actionOf } from "../catalog";
import { changeVersion } from "../edits/nodes";
import { useStudio } from "../use-studio";
import { EditAction } from "./edit-action";
import { compareInterfaces, type InterfaceChange } from "./interface-diff";

/** What the step runs: its description, its interface, and the versions there are of it. */
export function ActionTab({ node }: { node: WorkflowNode }) {
  const { projectId, catalog, problems } = useStudio();
  const action = actionOf(catalog, node);
  const wrong = problems.find((problem) => problem.path === `nodes.${node.id}.action`);
  return (
    <div className="flex flex-col gap-5" data-field="action">
      {wrong && <p className="rounded-md bg-danger-soft px-3 py-2 text-danger text-xs">{wrong.message}</p>}
      <Versions node={node} />
      {action && (
        <>
          {action.description && <p className="text-ink-soft text-sm">{action.description}</p>}
          <Link
            href={actionHref(projectId, action)}
            className="flex w-fit items-center gap-1 rounded-sm font-medium text-accent text-sm hover:underline"
          >
            Open in the library
            <ArrowUpRight size={13} aria-hidden="true" />
          </Link>
          <EditAction node={node} action={action} />
          <Interface title="Inputs" items={action.inputs} empty="It takes none." />
          <Interface title="Outputs" items={action.outputs} empty="It gives none of its own." />
        </>
      )}
    </div>
  );
}

function Interface({ title, items, empty }: { title: string; items: ActionVersionResource["inputs"]; empty: string }) {
  return (
    <section className="overflow-hidden rounded-lg border border-line">
      <h3 className="border-line border-b bg-sunken px-4 py-2 font-medium text-xs">{title}</h3>
      <IoTable items={items} empty={empty} />
    </section>
  );
}

function Versions({ node }: { node: WorkflowNode }) {
  const { editor, catalog, canEdit } = useStudio();
  const [chosen, setChosen] = useState<string | null>(null);
  const versions = catalog.groups.find((group) => group.id === node.action.id)?.versions ?? [];
  const present = actionOf(catalog, node);
  const next = versions.find((version) => version.version === chosen);
  const isOther = next !== undefined && next.version !== node.action.version;
  return (
    <div className="flex flex-col gap-3">
      <Field label={<code className="font-mono text-xs">{node.action.id}</code>}>
        {(control) => (
          <Select
            {...control}
            disabled={!canEdit || versions.length === 0}
            value={chosen ?? node.action.version}
            onChange={(event) => setChosen(event.target.value)}
          >
            {!present && <option value={node.action.version}>{node.action.version} (not in the library)</option>}
            {versions.map((version, index) => (
              <option key={version.version} value={version.version}>
                {version.version}
                {index === 0 && " (newest)"}
                {version.state !== "built" && ` (${version.state})`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {isOther && (
        <div className="flex flex-col gap-3 rounded-lg border border-line-strong p-3">
          {present && <Changes changes={compareInterfaces(present, next)} />}
          <div className="flex gap-2">
            <Button
              size="sm"
              look="primary"
              onClick={() => {
                editor.edit((d) => changeVersion(d, node.id, next));
                setChosen(null);
              }}
            >
              Use version {next.version}
            </Button>
            <Button size="sm" look="quiet" onClick={() => setChosen(null)}>
              Keep {node.action.version}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

const signs = { added: "+", removed: "−", changed: "~" } as const;

function Changes({ changes }: { changes: InterfaceChange[] }) {
  if (changes.length === 0) return <p className="text-ink-soft text-sm">Its inputs and outputs are the same.</p>;
  return (
    <ul aria-label="Changes of the interface" className="flex flex-col gap-1.5 text-sm">
      {changes.map((change) => (
        <li key={`${change.of} ${change.name}`} className={cn("flex gap-2", change.isBreaking && "text-danger")}>
          <span aria-hidden="true" className="w-3 shrink-0 text-center font-mono">
            {signs[change.kind]}
          </span>
          <span className="min-w-0">
            <span className="sr-only">{change.kind} </span>
            {change.of} <code className="font-mono text-xs">{change.name}</code>{" "}
            <span className={change.isBreaking ? "" : "text-ink-faint"}>{change.detail}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
