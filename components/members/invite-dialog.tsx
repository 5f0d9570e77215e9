"use client";
import { UserPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { ShownOnce } from "@/components/ui/shown-once";
import type { Role } from "@/drizzle/enums";
import { callApi } from "@/lib/http/client";
import { createInviteOperation } from "@/lib/members/operations";
import { roleHelp } from "./role-help";
import { RoleSelect } from "./role-select";

export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Invite somebody"
      description="You get a link to send them. It works once, within a week."
    >
      <InviteForm onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const project = useProjectId();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("developer");
  const create = useVerb({
    projectId: project,
    failure: "The invitation could not be made",
    showsOwnErrors: true,
    run: async () => {
      const typed = { role, email: email.trim() === "" ? null : email };
      const body = await checkForm(async () => (await import("@/lib/members/contract")).createInviteSchema, typed);
      return callApi(createInviteOperation, { params: { project }, body });
    },
  });
  if (create.data)
    return (
      <ShownOnce icon={UserPlus} text={create.data.link} copyLabel="Copy link" onClose={onClose}>
        Send this link to {create.data.email ?? "the person"}.
      </ShownOnce>
    );
  const errors = fieldErrors(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(create.error, ["email", "role"])} />
      <Field
        label="E-mail"
        isOptional
        error={errors.email}
        help="Only this account can take it up. Left empty: whoever has the link."
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            autoFocus
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label="Role" error={errors.role} help={roleHelp[role]}>
        {(control) => <RoleSelect {...control} value={role} onChange={setRole} />}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={create.isPending}>
          Create invitation
        </Button>
      </DialogActions>
    </form>
  );
}
