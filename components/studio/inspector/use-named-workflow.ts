import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useProjectId } from "@/components/projects/use-project";
import { workflowsQuery } from "@/components/workflows/queries";
import { startsRuns } from "@/lib/runs/chain";
import type { TriggerKind } from "@/lib/triggers/kinds";
import { ownValue } from "@/lib/values/own";
import type { IoDefinition } from "@/lib/values/types";
import { findNamed } from "@/lib/workflows/definition/find-named";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";

const inputName = "workflow";

/** The workflow that a node names, where its action has one named: which it is, and the field that it is chosen in. */
export function useNamedWorkflow(
  node: WorkflowNode,
  kind: TriggerKind | null,
): { id: string | undefined; fieldOf: (io: IoDefinition) => IoDefinition } {
  const isNaming = startsRuns(node) || kind === "workflow_end";
  const { data } = useQuery({ ...workflowsQuery(useProjectId()), enabled: isNaming });
  const { workflow: own } = useParams<{ workflow?: string }>();
  const source = ownValue(node.inputs, inputName);
  const written = source && "static" in source ? String(source.static ?? "") : "";
  if (!isNaming) return { id: undefined, fieldOf: (io) => io };
  const chosenOf = (io: IoDefinition, enumValues: string[]): IoDefinition =>
    io.name === inputName ? { ...io, type: "enum", enumValues } : io;
  // A choice from the beginning: a field that becomes one under somebody's hands loses what was typed.
  if (!data) return { id: undefined, fieldOf: (io) => chosenOf(io, written ? [written] : []) };
  const found = findNamed(new Map(data.items.map((item) => [item.id, item])), written);
  const others = data.items.filter(({ id }) => id !== own || startsRuns(node)).map(({ name }) => name);
  const enumValues = [...new Set([...others, ...(written ? [written] : [])])];
  return {
    id: typeof found === "string" ? undefined : found.id,
    fieldOf: (io) => (enumValues.length > 0 ? chosenOf(io, enumValues) : io),
  };
}
