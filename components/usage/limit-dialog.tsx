"use client";
import { type FormEvent, useState } from "react";
import { fieldErrors, generalError, InvalidForm } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { limitKind } from "@/lib/limits/names";
import { updateLimitsOperation } from "@/lib/limits/operations";
import type { UsedLimit } from "@/lib/usage/contract";
import { amountText, formatAmount } from "./amount";

const unitHelp: Record<UsedLimit["unit"], string> = {
  bytes: "A size such as 512M or 2G.",
  seconds: "In seconds.",
  days: "In days.",
  count: "",
};

/** What was typed as the server takes it; it says itself what is too much. @throws InvalidForm */
async function read(limit: UsedLimit, text: string): Promise<number> {
  const { parseLimit } = await import("@/lib/limits/limit-text");
  try {
    return parseLimit(limit.name, text);
  } catch (error) {
    throw new InvalidForm({ [limit.name]: (error as Error).message.replace(`${limit.name}: `, "") });
  }
}

export function LimitDialog({ limit, onClose }: { limit: UsedLimit; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={limit.label}
      description={`The limit says ${limitKind(limit.name).meaning}. This instance allows the project ${formatAmount(limit.unit, limit.cap)}.`}
    >
      <LimitForm limit={limit} onClose={onClose} />
    </Dialog>
  );
}

function LimitForm({ limit, onClose }: { limit: UsedLimit; onClose: () => void }) {
  const project = useProjectId();
  const [text, setText] = useState(amountText(limit.unit, limit.value));
  const update = useVerb({
    projectId: project,
    failure: "The limit could not be changed",
    showsOwnErrors: true,
    run: async (given: string | null) => {
      const value = given === null ? null : await read(limit, given);
      return callApi(updateLimitsOperation, { params: { project }, body: { [limit.name]: value } });
    },
    onSuccess: () => {
      showToast({ tone: "success", title: "The limit was changed" });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(text);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(update.error, [limit.name])} />
      <Field label="At most" error={fieldErrors(update.error)[limit.name]} help={unitHelp[limit.unit] || undefined}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            className="tabular-nums"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={update.isPending}>
          Save
        </Button>
        {limit.chosen !== null && (
          <Button onClick={() => update.mutate(null)} disabled={update.isPending}>
            All that is allowed
          </Button>
        )}
      </DialogActions>
    </form>
  );
}
