import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { QueryError } from "@/components/query/query-error";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { showToast } from "@/components/ui/toast-store";
import { StepChanges } from "@/components/workflows/change-list";
import { workflowQuery } from "@/components/workflows/queries";
import { compareDefinitions } from "@/lib/workflows/definition/compare";
import { type Clash, mergeDefinitions } from "@/lib/workflows/definition/merge";
import type { Definition } from "@/lib/workflows/definition/schema";
import type { Autosave, Saved } from "../saving/autosave";
import { useEditor, useStudio } from "../use-studio";

interface ReviewProps {
  autosave: Autosave;
  onDone: () => void;
}

/** What the other one and oneself have changed, and what would come of both together. */
export function ConflictReview(props: ReviewProps) {
  const { projectId, workflow } = useStudio();
  const query = workflowQuery(projectId, workflow.id);
  // What is shown is what is combined with: it is read anew when somebody saves again.
  const { data, error, isFetchedAfterMount, refetch } = useQuery({ ...query, refetchOnMount: "always" });
  if (error) return <QueryError title="Their draft could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data || !isFetchedAfterMount) return <SkeletonRows label="Reading their draft" />;
  const base = props.autosave.madeOn();
  return base ? <ThreeWay {...props} theirs={data} base={base} /> : <TwoWay theirs={data} />;
}

function ThreeWay({ autosave, onDone, theirs, base }: ReviewProps & { theirs: Saved; base: Definition }) {
  const { editor } = useStudio();
  const mine = useEditor((view) => view.definition);
  const merged = useMemo(() => mergeDefinitions(base, mine, theirs.definition), [base, mine, theirs]);
  const combine = () => {
    // Undo ends here, as with every draft of somebody else's.
    editor.replace(merged.definition);
    void autosave.overrule(theirs, merged.definition);
    showToast({ tone: "success", title: "Your edits are on top of theirs now" });
    onDone();
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2 sm:gap-0 sm:divide-x sm:divide-line">
        <Changes title="They have changed" label="Their changes" from={base} to={theirs.definition} />
        <Changes title="You have changed" label="Your changes" from={base} to={mine} className="sm:pl-5" />
      </div>
      <Clashes clashes={merged.clashes} />
      <DialogActions>
        <Button look="primary" onClick={combine}>
          {merged.clashes.length > 0 ? "Combine, theirs where both touch" : "Combine both"}
        </Button>
        <Button onClick={onDone}>Not yet</Button>
      </DialogActions>
    </div>
  );
}

/** Where nobody knows what the edits were made on: the browser had no room to keep it. */
function TwoWay({ theirs }: { theirs: Saved }) {
  const mine = useEditor((view) => view.definition);
  return (
    <div className="flex flex-col gap-3">
      <Changes title="What taking theirs does to what you see" label="Changes" from={mine} to={theirs.definition} />
      <p className="text-ink-soft text-sm">
        They cannot be combined here: what your edits were made on is not known any more. Keep yours as a copy, or
        choose one of the two.
      </p>
    </div>
  );
}

interface ChangesProps {
  title: string;
  label: string;
  from: Definition;
  to: Definition;
  className?: string;
}

function Changes({ title, label, from, to, className }: ChangesProps) {
  const { steps, results } = useMemo(() => compareDefinitions(from, to), [from, to]);
  return (
    <section className={className}>
      <h3 className="mb-2 font-medium text-sm">{title}</h3>
      <div className="max-h-64 overflow-y-auto">
        <StepChanges steps={steps} results={results} label={label} />
      </div>
    </section>
  );
}

function Clashes({ clashes }: { clashes: Clash[] }) {
  if (clashes.length === 0)
    return <p className="text-ink-soft text-sm">You have not touched the same things: nothing is lost by combining.</p>;
  return (
    <section className="rounded-md border border-warning-line bg-warning-soft px-4 py-3">
      <h3 className="font-medium text-sm">Both have changed these; combined, theirs stand</h3>
      <ul aria-label="Changed by both" className="mt-1.5 flex max-h-40 flex-col gap-1 overflow-y-auto text-sm">
        {clashes.map(({ node, name, details }) => (
          <li key={`${node} ${details.join()}`}>
            {name}
            {details.length > 0 && <span className="text-ink-soft">: {details.join(", ")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
