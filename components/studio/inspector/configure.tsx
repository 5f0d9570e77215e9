import { useMemo } from "react";
import { Field, Input } from "@/components/ui/field";
import { startsRuns } from "@/lib/runs/chain";
import { triggerKindOf } from "@/lib/triggers/kinds";
import type { IoDefinition } from "@/lib/values/types";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { actionOf, isTriggerNode } from "../catalog";
import { renameNode } from "../edits/nodes";
import { fieldProblems } from "../problem-place";
import { useStudio } from "../use-studio";
import { ClockSettings, clockControls } from "./clock/clock-settings";
import { HandedOn } from "./handed-on";
import { InputField } from "./input-field";
import { Order } from "./order";
import { RetrySettings } from "./retry-settings";
import { ServiceSettings } from "./service-settings";
import { type SourceKind, sourceKinds } from "./source-switch";
import { TriggerOutputs } from "./trigger-outputs";
import { useNamedWorkflow } from "./use-named-workflow";
import { withoutUndefined } from "./without-undefined";

/** An endpoint's settings in the order in which one thinks of them. */
const mainSettings = ["method", "path"];
const otherSettings = ["success_status_code", "async_reply_timeout", "summary", "description", "tags"];

/** Nothing comes before a trigger, and how it is served is published; but a secret may be the project's. */
function sourcesOf(io: Pick<IoDefinition, "type">, isTrigger: boolean, actionId: string): readonly SourceKind[] {
  if (!isTrigger) return sourceKinds;
  const mayVary = io.type === "password" || triggerKindOf(actionId) === "listening";
  return mayVary ? ["value", "variable"] : ["value"];
}

export function Configure({ node }: { node: WorkflowNode }) {
  const { editor, catalog, problems, canEdit } = useStudio();
  const action = actionOf(catalog, node);
  const wrong = useMemo(() => fieldProblems(problems, node.id), [problems, node.id]);
  const general = problems.filter((problem) => problem.path === `nodes.${node.id}`);
  const isTrigger = isTriggerNode(catalog, node);
  const kind = isTrigger ? triggerKindOf(node.action.id) : null;
  const isEndpoint = kind === "http_api";
  const named = useNamedWorkflow(node, kind);
  const inputs = (names: readonly string[] | null) =>
    (names ? names.flatMap((name) => action?.inputs.find((io) => io.name === name) ?? []) : (action?.inputs ?? [])).map(
      (io) => (
        <InputField
          key={io.name}
          node={node}
          io={named.fieldOf(withoutUndefined(io))}
          problem={wrong.get(`inputs.${io.name}`)}
          kinds={sourcesOf(io, isTrigger, node.action.id)}
          controls={kind === "clock" ? clockControls : undefined}
        />
      ),
    );
  return (
    <div className="flex flex-col gap-5">
      {general.map((problem) => (
        <p key={problem.message} className="rounded-md bg-danger-soft px-3 py-2 text-danger text-xs">
          {problem.message}
        </p>
      ))}
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            disabled={!canEdit}
            maxLength={128}
            value={node.name}
            placeholder={action?.name ?? node.id}
            onChange={(event) => editor.edit((d) => renameNode(d, node.id, event.target.value), `name of ${node.id}`)}
          />
        )}
      </Field>
      {!isTrigger && <Order node={node} />}
      {kind === "clock" && action ? (
        <ClockSettings node={node} action={action} inputs={inputs} />
      ) : (
        inputs(isEndpoint ? mainSettings : null)
      )}
      {action?.inputs.length === 0 && !isTrigger && <p className="text-ink-faint text-sm">It takes no inputs.</p>}
      {startsRuns(node) && named.id && <HandedOn node={node} workflowId={named.id} problems={wrong} />}
      {kind === "listening" && action && <ServiceSettings node={node} action={action} problems={wrong} />}
      {action?.dynamicOutputs && <TriggerOutputs node={node} kind={kind} problems={wrong} />}
      {isEndpoint && (
        <section aria-label="Answers and documentation" className="flex flex-col gap-5 border-line border-t pt-4">
          <h3 className="font-medium text-sm">Answers and documentation</h3>
          {inputs(otherSettings)}
        </section>
      )}
      {!isTrigger && <RetrySettings node={node} />}
    </div>
  );
}
