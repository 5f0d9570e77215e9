"use client";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import type { SourceResource } from "@/lib/sources/contract";
import { removeSourceOperation } from "@/lib/sources/operations";

export function RemoveSource({ source, projectId }: { source: SourceResource; projectId: string }) {
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const remove = useVerb({
    projectId,
    failure: "The repository could not be removed",
    run: () => callApi(removeSourceOperation, { params: { project: projectId, source: source.id } }),
    onSuccess: () => {
      showToast({ tone: "success", title: "The repository was removed" });
      router.push(`/${projectId}/settings/sources`);
    },
  });
  return (
    <>
      <Button icon={<Trash2 size={14} />} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Remove the repository?"
        verb="Remove repository"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined)}
      >
        {source.url} is scanned no more, and its credentials are deleted. What was imported from it stays in the
        library.
      </ConfirmDialog>
    </>
  );
}
