"use client";
import { type FormEvent, useState } from "react";
import { fieldErrors, InvalidForm } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { editableValues, readEdited } from "./edited-input";
import { useRunVerbs } from "./use-run-verbs";

interface EditReplayProps {
  runId: string;
  /** The step that it starts from; null for the run as a whole. */
  node: string | null;
  title: string;
  values: Record<string, unknown>;
  isOpen: boolean;
  onClose: () => void;
}

/** Starts a run like this one with other inputs. */
export function EditReplayDialog({ isOpen, onClose, title, ...rest }: EditReplayProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="md"
      title={title}
      description={
        rest.node === null
          ? "Starts a new run of the same version with this input."
          : "Starts a new run of the same version at this step. What the steps before it gave is used again."
      }
    >
      <EditReplayForm {...rest} />
    </Dialog>
  );
}

function EditReplayForm({ runId, node, values }: Omit<EditReplayProps, "isOpen" | "onClose" | "title">) {
  const { shown, kept } = editableValues(values);
  const [text, setText] = useState(() => JSON.stringify(shown, null, 2));
  const { replay } = useRunVerbs(runId, true);
  const [unreadable, setUnreadable] = useState<InvalidForm | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      setUnreadable(null);
      replay.mutate({ from: node, input: readEdited(text, shown) });
    } catch (error) {
      if (!(error instanceof InvalidForm)) throw error;
      setUnreadable(error);
    }
  };
  const issues = Object.entries(fieldErrors(replay.error)).map(([path, message]) => `${path}: ${message}`);
  const error = unreadable ? unreadable.errors.input : issues.join(" ") || undefined;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={error ? undefined : replay.error?.message} />
      <Field
        label="Input"
        error={error}
        help={kept.length > 0 ? `Stays as it was: ${kept.join(", ")} (secrets, files and large values).` : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            rows={Math.min(20, Math.max(6, text.split("\n").length + 1))}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={replay.isPending || replay.isSuccess}>
          Replay
        </Button>
      </DialogActions>
    </form>
  );
}
