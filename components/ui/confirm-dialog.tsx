"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";
import { Field, Input } from "./field";

export interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  isBusy?: boolean;
  title: string;
  /** What the button does, with its object: “Delete workflow”. */
  verb: string;
  /** To be typed before the button can be pressed; without it, one press does. */
  nameToType?: string;
  error?: string | undefined;
  children?: ReactNode;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, title } = props;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <ConfirmForm {...props} />
    </Dialog>
  );
}

function ConfirmForm({ onClose, onConfirm, isBusy, verb, nameToType, error, children }: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const isArmed = nameToType === undefined || typed.trim() === nameToType.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isArmed && !isBusy) onConfirm();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="text-ink-soft text-sm">{children}</div>
      {nameToType !== undefined && (
        <Field
          label={
            <span className="font-normal">
              Type <strong className="font-semibold">{nameToType}</strong> to confirm
            </span>
          }
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      {error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
      <DialogActions>
        <Button type="submit" look="danger" isBusy={isBusy ?? false} disabled={!isArmed}>
          {verb}
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </DialogActions>
    </form>
  );
}
