"use client";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors, generalError, InvalidForm } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { OptionSelect } from "@/components/ui/option-select";
import { ShownOnce } from "@/components/ui/shown-once";
import { callApi } from "@/lib/http/client";
import { createKeyOperation } from "@/lib/keys/operations";

const lives = { never: null, "30": 30, "90": 90, "365": 365, date: null } as const;
type Life = keyof typeof lives;
const lifeLabels: Record<Life, string> = {
  never: "Never",
  "30": "In 30 days",
  "90": "In 90 days",
  "365": "In a year",
  date: "On a date …",
};
const dayMs = 24 * 3600 * 1000;

function expiryOf(life: Life, date: string): string | null {
  if (life === "date") return date;
  const days = lives[life];
  return days === null ? null : new Date(Date.now() + days * dayMs).toISOString();
}

export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="New API key"
      description="Callers send it with each call. It is shown once, here, and kept only as a hash."
    >
      <CreateKeyForm onClose={onClose} />
    </Dialog>
  );
}

function CreateKeyForm({ onClose }: { onClose: () => void }) {
  const project = useProjectId();
  const [name, setName] = useState("");
  const [life, setLife] = useState<Life>("never");
  const [date, setDate] = useState("");
  const create = useVerb({
    projectId: project,
    failure: "The key could not be made",
    showsOwnErrors: true,
    run: async () => {
      if (life === "date" && date === "") throw new InvalidForm({ expiresAt: "Choose a day." });
      const typed = { name, expiresAt: expiryOf(life, date) };
      const body = await checkForm(async () => (await import("@/lib/keys/contract")).createKeySchema, typed);
      return callApi(createKeyOperation, { params: { project }, body });
    },
  });
  if (create.data)
    return (
      <ShownOnce icon={KeyRound} text={create.data.key} copyLabel="Copy key" onClose={onClose}>
        Copy the key <strong className="font-semibold">{create.data.name}</strong> now.
      </ShownOnce>
    );
  const errors = fieldErrors(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(create.error, ["name", "expiresAt"])} />
      <Field label="Name" error={errors.name} help="Who or what calls with it.">
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Expires" error={life === "date" ? undefined : errors.expiresAt}>
        {(control) => (
          <OptionSelect
            {...control}
            value={life}
            options={Object.keys(lives) as Life[]}
            labels={lifeLabels}
            onChange={setLife}
          />
        )}
      </Field>
      {life === "date" && (
        <Field label="Last day" error={errors.expiresAt}>
          {(control) => (
            <Input {...control} type="date" value={date} onChange={(event) => setDate(event.target.value)} />
          )}
        </Field>
      )}
      <DialogActions>
        <Button type="submit" look="primary" isBusy={create.isPending}>
          Create key
        </Button>
      </DialogActions>
    </form>
  );
}
