"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef } from "react";
import { signInWithPassword } from "@/components/accounts/sign-in-with-password";
import { checkForm, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { showToast } from "@/components/ui/toast-store";
import { changePasswordOperation } from "@/lib/accounts/operations";
import { callApi } from "@/lib/http/client";
import { tokensQuery } from "./queries";

export function PasswordSection({ email }: { email: string }) {
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: async (typed: { current: string; next: string }) => {
      const schema = async () => (await import("@/lib/accounts/contract")).changePasswordSchema;
      await callApi(changePasswordOperation, { body: await checkForm(schema, typed) });
      // This browser's session has ended with the others.
      await signInWithPassword(email, typed.next);
    },
    onSuccess: () => {
      form.current?.reset();
      void client.invalidateQueries({ queryKey: tokensQuery().queryKey });
      showToast({
        tone: "success",
        title: "Your password was changed",
        detail: "Other browsers are signed out, and your personal tokens have ended.",
      });
    },
  });
  const errors = useMemo(() => fieldErrors(change.error), [change.error]);
  useFocusFirstError(form, errors);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    change.mutate({ current: String(data.get("current") ?? ""), next: String(data.get("next") ?? "") });
  };
  return (
    <Section
      title="Password"
      description="Other browsers are signed out with the old one, and personal tokens of the command line end."
    >
      <form ref={form} onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4 p-5">
        <FormError message={generalError(change.error, ["current", "next"])} />
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <Field label="Current password" error={errors.current}>
          {(control) => <Input {...control} name="current" type="password" autoComplete="current-password" />}
        </Field>
        <Field label="New password" error={errors.next} help={!errors.next && "At least 8 characters."}>
          {(control) => <Input {...control} name="next" type="password" autoComplete="new-password" />}
        </Field>
        <Button type="submit" className="self-start" isBusy={change.isPending}>
          Change password
        </Button>
      </form>
    </Section>
  );
}
