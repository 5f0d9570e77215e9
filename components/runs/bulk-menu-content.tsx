"use client";
import { useQuery } from "@tanstack/react-query";
import { Ban, RotateCcw, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { RunFilter } from "@/lib/runs/contract";
import { countQuery } from "./queries";
import { type BulkVerb, useBulkRuns } from "./use-bulk-runs";

const words = {
  cancel: { verb: "Cancel", what: "open runs", end: "They are stopped where they are, and no further step begins." },
  replay: { verb: "Replay", what: "ended runs", end: "Each is started anew, with the input that it had." },
  delete: {
    verb: "Delete",
    what: "ended runs",
    end: "Their values, logs and result links go with them. This cannot be undone.",
  },
} as const satisfies Record<BulkVerb, object>;

/** What can be done to all the runs that are listed. */
export default function BulkMenuContent({ filter, trigger }: { filter: RunFilter; trigger: ReactNode }) {
  const mayStart = useMay("runs.start");
  const mayDelete = useMay("runs.delete");
  const [asking, setAsking] = useState<{ verb: BulkVerb; filter: RunFilter } | null>(null);
  // Replays are runs too: what comes after this moment is not meant.
  const ask = (verb: BulkVerb) => setAsking({ verb, filter: { ...filter, until: new Date().toISOString() } });
  return (
    <>
      <Menu startsOpen align="end" trigger={trigger}>
        <MenuItem icon={<Ban size={15} />} onSelect={() => ask("cancel")}>
          Cancel all of these …
        </MenuItem>
        {mayStart && (
          <MenuItem icon={<RotateCcw size={15} />} onSelect={() => ask("replay")}>
            Replay all of these …
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem icon={<Trash2 size={15} />} onSelect={() => ask("delete")}>
            Delete all of these …
          </MenuItem>
        )}
      </Menu>
      {asking && <BulkDialog {...asking} onClose={() => setAsking(null)} />}
    </>
  );
}

function BulkDialog({ verb, filter, onClose }: { verb: BulkVerb; filter: RunFilter; onClose: () => void }) {
  const projectId = useProjectId();
  const count = useQuery(countQuery(projectId, filter)).data?.count;
  const { run, done, error, isBusy } = useBulkRuns(verb, filter);
  const { verb: word, what, end } = words[verb];
  const shown = count === undefined ? "…" : count.toLocaleString();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`${word} the ${what} among these ${shown}?`}
      verb={isBusy ? `${done.toLocaleString()} done` : `${word} runs`}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void run().then((isDone) => isDone && onClose())}
    >
      {end}
    </ConfirmDialog>
  );
}
