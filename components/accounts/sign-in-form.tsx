"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef } from "react";
import { checkForm, type FieldErrors, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { PageSubmit } from "@/components/forms/page-submit";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Field, Input } from "@/components/ui/field";
import { signInWithPassword } from "./sign-in-with-password";

interface Values {
  email: string;
  password: string;
}

/** The fields keep what is in them: a password manager may fill them before React has taken over. */
function valuesOf(form: HTMLFormElement): Values {
  const data = new FormData(form);
  const text = (name: keyof Values) => String(data.get(name) ?? "");
  return { email: text("email"), password: text("password") };
}

async function signIn(values: Values): Promise<void> {
  await checkForm(async () => (await import("@/lib/accounts/contract")).signInSchema, values);
  await signInWithPassword(values.email, values.password);
}

/** How long a password must be is nobody's business here. */
function withPlainWords({ password, ...rest }: FieldErrors): FieldErrors {
  return password ? { ...rest, password: "Give your password." } : rest;
}

export function SignInForm({ from, notice }: { from: string; notice: string | undefined }) {
  const form = useRef<HTMLFormElement>(null);
  const mutation = useMutation({ mutationFn: signIn, onSuccess: () => window.location.assign(from) });
  const errors = useMemo(() => withPlainWords(fieldErrors(mutation.error)), [mutation.error]);
  useFocusFirstError(form, errors);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutation.mutate(valuesOf(event.currentTarget));
  };
  return (
    <form ref={form} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError
        message={generalError(mutation.error, ["email", "password"]) ?? (mutation.isIdle ? notice : undefined)}
      />
      <Field label="E-mail" error={errors.email}>
        {(control) => <Input {...control} type="email" name="email" autoComplete="username" autoFocus />}
      </Field>
      <Field label="Password" error={errors.password}>
        {(control) => <Input {...control} type="password" name="password" autoComplete="current-password" />}
      </Field>
      <PageSubmit sending={mutation} className="mt-1">
        Sign in
      </PageSubmit>
    </form>
  );
}
