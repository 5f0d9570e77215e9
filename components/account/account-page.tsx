"use client";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldErrors } from "@/components/forms/field-errors";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import type { TokenResource, UserResource } from "@/lib/accounts/contract";
import { revokeTokenOperation, updateAccountOperation } from "@/lib/accounts/operations";
import { callApi } from "@/lib/http/client";
import { PasswordSection } from "./password-section";
import { tokensQuery } from "./queries";

export function AccountPage({ user }: { user: UserResource }) {
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="font-semibold text-2xl">Account</h1>
        <p className="mt-1 text-ink-soft text-sm">{user.email}</p>
      </div>
      <NameSection user={user} />
      <PasswordSection email={user.email} />
      <TokensSection />
    </div>
  );
}

function NameSection({ user }: { user: UserResource }) {
  const [name, setName] = useState(user.name ?? "");
  const [saved, setSaved] = useState(user.name ?? "");
  const update = useMutation({
    mutationFn: () => callApi(updateAccountOperation, { body: { name: name.trim() || null } }),
    onSuccess: (answer) => {
      setSaved(answer.user.name ?? "");
      showToast({ tone: "success", title: "Your name was changed" });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate();
  };
  return (
    <Section title="Name" description="How others in your projects see you.">
      <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3 p-5">
        <Field
          label="Your name"
          error={fieldErrors(update.error).name ?? update.error?.message}
          className="min-w-56 flex-1"
        >
          {(control) => (
            <Input {...control} autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Button type="submit" className="mt-6.5 h-9" isBusy={update.isPending} disabled={name.trim() === saved}>
          Save
        </Button>
      </form>
    </Section>
  );
}

function TokensSection() {
  const { items } = useSuspenseQuery(tokensQuery()).data;
  return (
    <Section title="Personal tokens" description="The command line makes one each time that it signs in.">
      {items.length === 0 ? (
        <p className="p-5 text-ink-soft text-sm">None just now.</p>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function TokenRow({ token }: { token: TokenResource }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => callApi(revokeTokenOperation, { params: { token: token.id } }),
    onSuccess: () => showToast({ tone: "success", title: "The token was revoked" }),
    onError: (error) => showToast({ tone: "error", title: "The token could not be revoked", detail: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery().queryKey }),
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-5 py-3 text-sm">
      <div className="min-w-0">
        <p className="truncate font-medium">{token.name}</p>
        <p className="text-ink-faint text-xs">
          made <RelativeTime at={token.createdAt} />
          {token.lastUsedAt ? (
            <>
              , used <RelativeTime at={token.lastUsedAt} />
            </>
          ) : (
            ", never used"
          )}
        </p>
      </div>
      <Button size="sm" isBusy={revoke.isPending} onClick={() => revoke.mutate()}>
        Revoke
      </Button>
    </li>
  );
}
