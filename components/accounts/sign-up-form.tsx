"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef } from "react";
import { checkForm, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { PageSubmit } from "@/components/forms/page-submit";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Field, Input } from "@/components/ui/field";
import { signOutOperation, signUpOperation } from "@/lib/accounts/operations";
import { callApi } from "@/lib/http/client";
import { signUpInvitedOperation } from "@/lib/members/operations";
import { signInWithPassword } from "./sign-in-with-password";

interface Values {
  name: string;
  email: string;
  password: string;
}

/** The fields keep what is in them: a password manager may fill them before React has taken over. */
function valuesOf(form: HTMLFormElement): Values {
  const data = new FormData(form);
  const text = (name: keyof Values) => String(data.get(name) ?? "");
  return { name: text("name"), email: text("email"), password: text("password") };
}

async function signUp({ name, email, password }: Values, invite: string | undefined): Promise<void> {
  const typed = { email, password, ...(name.trim() && { name }) };
  const body = await checkForm(async () => (await import("@/lib/accounts/contract")).signUpSchema, typed);
  const { token } = invite
    ? await callApi(signUpInvitedOperation, { params: { token: invite }, body })
    : await callApi(signUpOperation, { body });
  await signInWithPassword(email, password);
  // The personal token is for scripts; a browser has its cookie.
  await callApi(signOutOperation, {}, { token }).catch(() => {});
}

const fieldNames = ["name", "email", "password"] as const;

interface SignUpFormProps {
  /** Where to go afterwards. */
  from: string;
  /** The token of an invitation, which is taken up in the same go. */
  invite?: string;
  /** The address that the invitation is for. */
  email?: string;
}

export function SignUpForm({ from, invite, email }: SignUpFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const mutation = useMutation({
    mutationFn: (values: Values) => signUp(values, invite),
    onSuccess: () => window.location.assign(from),
  });
  const errors = useMemo(() => fieldErrors(mutation.error), [mutation.error]);
  useFocusFirstError(form, errors);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutation.mutate(valuesOf(event.currentTarget));
  };
  return (
    <form ref={form} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(mutation.error, fieldNames)} />
      <Field label="Name" isOptional error={errors.name}>
        {(props) => <Input {...props} name="name" autoComplete="name" autoFocus />}
      </Field>
      <Field label="E-mail" error={errors.email}>
        {(props) => <Input {...props} name="email" type="email" autoComplete="username" defaultValue={email} />}
      </Field>
      <Field label="Password" error={errors.password} help={!errors.password && "At least 8 characters."}>
        {(props) => <Input {...props} name="password" type="password" autoComplete="new-password" />}
      </Field>
      <PageSubmit sending={mutation} className="mt-1">
        Create account
      </PageSubmit>
    </form>
  );
}
