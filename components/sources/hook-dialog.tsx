"use client";
import { Webhook } from "lucide-react";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ShownOnce } from "@/components/ui/shown-once";
import { callApi } from "@/lib/http/client";
import type { SourceResource } from "@/lib/sources/contract";
import { createSourceHookOperation } from "@/lib/sources/operations";

interface Props {
  source: SourceResource;
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function HookDialog(props: Props) {
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title="Scan on each push"
      description="A link that the repository's server calls, as a webhook for pushes. Whatever it sends, the repository is scanned."
    >
      <HookForm {...props} />
    </Dialog>
  );
}

function HookForm({ source, projectId, onClose }: Props) {
  const create = useVerb({
    projectId,
    failure: "The link could not be made",
    run: () => callApi(createSourceHookOperation, { params: { project: projectId, source: source.id } }),
  });
  if (!create.data) {
    return (
      <>
        {source.hasHook && <p className="text-ink-soft text-sm">There is a link already. A new one takes its place.</p>}
        <DialogActions>
          <Button look="primary" isBusy={create.isPending} onClick={() => create.mutate(undefined)}>
            {source.hasHook ? "Replace the link" : "Make a link"}
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <ShownOnce icon={Webhook} text={create.data.url} copyLabel="Copy link" onClose={onClose}>
      Add this address to the repository's webhooks.
    </ShownOnce>
  );
}
