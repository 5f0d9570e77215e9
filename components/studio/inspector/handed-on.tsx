import { useQuery } from "@tanstack/react-query";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { SkeletonRows } from "@/components/ui/skeleton";
import { workflowQuery } from "@/components/workflows/queries";
import type { Issue } from "@/lib/errors";
import { handedOnInput } from "@/lib/workflows/definition/library";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { InputField } from "./input-field";
import { sourceKinds } from "./source-switch";
import { withoutUndefined } from "./without-undefined";

/** What a step hands on to the workflow that it runs: a field for each of that one's inputs. */
export function HandedOn({
  node,
  workflowId,
  problems,
}: {
  node: WorkflowNode;
  workflowId: string;
  problems: ReadonlyMap<string, Issue>;
}) {
  const { data, error, refetch } = useQuery(workflowQuery(useProjectId(), workflowId));
  if (!data) {
    if (error)
      return <QueryError title="The workflow could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading the workflow's inputs" />;
  }
  const inputs = data.live?.inputs ?? [];
  return (
    <section aria-label={`Inputs of ${data.name}`} className="flex flex-col gap-5 border-line border-t pt-4">
      <h3 className="font-medium text-sm">Inputs of “{data.name}”</h3>
      {inputs.length === 0 && (
        <p className="text-ink-faint text-sm">
          {data.live ? "It takes none." : "It is not live. Deploy it, and its inputs are asked for here."}
        </p>
      )}
      {inputs.map((input) => {
        const io = handedOnInput(withoutUndefined(input));
        return (
          <InputField
            key={io.name}
            node={node}
            io={{ ...withoutUndefined(io), optional: input.optional }}
            problem={problems.get(`inputs.${io.name}`)}
            kinds={sourceKinds}
          />
        );
      })}
    </section>
  );
}
