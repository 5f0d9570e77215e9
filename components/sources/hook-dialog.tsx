"use client";
import { Webhook } from "lucide-react";
import { useVerb } from "@/components/query/use-verb";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
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
    <div className="flex flex-col gap-4">
      <Banner tone="info" icon={<Webhook size={16} />}>
        Add this address to the repository's webhooks. It cannot be shown again.
      </Banner>
      <code className="break-all rounded-lg border border-line bg-sunken p-3 font-mono text-xs">{create.data.url}</code>
      <DialogActions>
        <CopyTextButton look="primary" text={create.data.url} label="Copy link" />
        <Button onClick={onClose}>Done</Button>
      </DialogActions>
    </div>
  );
}
