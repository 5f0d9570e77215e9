"use client";
import { useMutation } from "@tanstack/react-query";
import { FormError } from "@/components/forms/form-error";
import { Button } from "@/components/ui/button";
import { callApi } from "@/lib/http/client";
import { acceptInviteOperation } from "@/lib/members/operations";

export function JoinButton({ token, project, as }: { token: string; project: string; as: string }) {
  const join = useMutation({
    mutationFn: () => callApi(acceptInviteOperation, { params: { token } }),
    onSuccess: ({ id }) => window.location.assign(`/${id}`),
  });
  return (
    <div className="flex flex-col gap-4">
      <FormError message={join.error?.message} />
      <Button look="primary" size="lg" isBusy={join.isPending || join.isSuccess} onClick={() => join.mutate()}>
        Join {project}
      </Button>
      <p className="text-ink-faint text-xs">You are signed in as {as}.</p>
    </div>
  );
}
