"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { type FieldErrors, parseForm } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { signInSchema } from "@/lib/accounts/contract";
import { signInWithPassword } from "./sign-in-with-password";

const noErrors: FieldErrors = {};

export function SignInForm({ from, notice }: { from: string; notice: string | undefined }) {
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState({ email: "", password: "" });
  const [errors, setErrors] = useState(noErrors);
  useFocusFirstError(form, errors);
  const signIn = useMutation({
    mutationFn: () => signInWithPassword(values.email, values.password),
    onSuccess: () => window.location.assign(from),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseForm(signInSchema, values);
    const { password } = parsed.errors ?? {};
    setErrors(parsed.errors ? { ...parsed.errors, ...(password && { password: "Give your password." }) } : noErrors);
    if (!parsed.errors) signIn.mutate();
  };
  const change = (name: keyof typeof values) => (event: { target: { value: string } }) =>
    setValues({ ...values, [name]: event.target.value });
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={signIn.error?.message ?? (signIn.isIdle ? notice : undefined)} />
      <Field label="E-mail" error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            value={values.email}
            onChange={change("email")}
          />
        )}
      </Field>
      <Field label="Password" error={errors.password}>
        {(control) => (
          <Input
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            value={values.password}
            onChange={change("password")}
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" isBusy={signIn.isPending || signIn.isSuccess} className="mt-1">
        Sign in
      </Button>
    </form>
  );
}
