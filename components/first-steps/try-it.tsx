import { KeyRound, Play } from "lucide-react";
import { useProject } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Section } from "@/components/ui/section";
import { callApi } from "@/lib/http/client";
import { startRunOperation } from "@/lib/runs/operations";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { callFirst, type FirstCall, firstCurl } from "./first-call";

/** The line to paste, and a button that does the same. */
export function CallIt({
  call,
  needsKey,
  isMakingKey,
  onMakeKey,
}: {
  call: FirstCall;
  needsKey: boolean;
  isMakingKey: boolean;
  onMakeKey: () => void;
}) {
  const project = useProject();
  const tryIt = useVerb({ projectId: project.id, failure: "The call did not arrive", run: () => callFirst(call) });
  const lacksKey = needsKey && !call.key;
  return (
    <Section
      title="Call it"
      description={
        call.key ? "From a terminal, with a key made just now. It is shown only here: keep it." : "From a terminal."
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <CodeBlock code={firstCurl(call)} what="the call" />
        <div className="flex flex-wrap gap-2">
          {lacksKey && (
            <Button icon={<KeyRound size={14} />} isBusy={isMakingKey} onClick={onMakeKey}>
              Make a key
            </Button>
          )}
          <Button
            look="primary"
            icon={<Play size={14} />}
            isBusy={tryIt.isPending}
            disabled={lacksKey}
            onClick={() => tryIt.mutate(undefined)}
          >
            Try it
          </Button>
        </div>
        {tryIt.data && (
          <div role="status" aria-label="Answer" className="flex flex-col gap-1.5">
            <p className="text-ink-soft text-sm">
              Answered <strong className="tabular font-medium text-ink">{tryIt.data.status}</strong>
            </p>
            <CodeBlock code={tryIt.data.text} what="the answer" />
          </div>
        )}
      </div>
    </Section>
  );
}

/** For what nobody calls: a run now, as its clock would start one. */
export function RunNow({ workflow }: { workflow: WorkflowDetail }) {
  const project = useProject();
  const run = useVerb({
    projectId: project.id,
    failure: "The run could not be started",
    run: () =>
      callApi(startRunOperation, {
        params: { project: project.id, workflow: workflow.id },
        body: { input: { time: Date.now() / 1000 } },
      }),
  });
  return (
    <Section
      title="It runs by itself"
      description="From now on, at the times of its clock. Nobody has to wait for the first."
    >
      <div className="p-5">
        <Button look="primary" icon={<Play size={14} />} isBusy={run.isPending} onClick={() => run.mutate(undefined)}>
          Try it
        </Button>
      </div>
    </Section>
  );
}
