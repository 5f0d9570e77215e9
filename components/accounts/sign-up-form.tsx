"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { type FieldErrors, generalError, parseForm, serverErrors } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { signOutContract, signUpContract, signUpSchema } from "@/lib/accounts/contract";
import { callApi } from "@/lib/http/client";
import { signInWithPassword } from "./sign-in-with-password";

interface Values {
  name: string;
  email: string;
  password: string;
}

async function signUp({ name, email, password }: Values): Promise<void> {
  const body = { email, password, ...(name.trim() && { name }) };
  const { token } = await callApi(signUpContract, { body });
  await signInWithPassword(email, password);
  // The personal token is for scripts; a browser has its cookie.
  await callApi(signOutContract, {}, { token }).catch(() => {});
}

const noErrors: FieldErrors = {};
const fieldNames = ["name", "email", "password"] as const;

export function SignUpForm({ from }: { from: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Values>({ name: "", email: "", password: "" });
  const [errors, setErrors] = useState(noErrors);
  useFocusFirstError(form, errors);
  const mutation = useMutation({
    mutationFn: signUp,
    onSuccess: () => window.location.assign(from),
    onError: (error) => setErrors(serverErrors(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, ...rest } = values;
    const parsed = parseForm(signUpSchema, name.trim() ? values : rest);
    setErrors(parsed.errors ?? noErrors);
    if (!parsed.errors) mutation.mutate(values);
  };
  const control = (name: keyof Values) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(mutation.error, fieldNames)} />
      <Field label="Name" isOptional error={errors.name}>
        {(props) => <Input {...props} {...control("name")} autoComplete="name" autoFocus />}
      </Field>
      <Field label="E-mail" error={errors.email}>
        {(props) => <Input {...props} {...control("email")} type="email" autoComplete="username" />}
      </Field>
      <Field label="Password" error={errors.password} help="At least 8 characters.">
        {(props) => <Input {...props} {...control("password")} type="password" autoComplete="new-password" />}
      </Field>
      <Button type="submit" look="primary" size="lg" isBusy={mutation.isPending || mutation.isSuccess} className="mt-1">
        Create account
      </Button>
    </form>
  );
}
