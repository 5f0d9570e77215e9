"use client";
import type { FieldErrors } from "@/components/forms/field-errors";
import { Field, Input, Textarea } from "@/components/ui/field";
import { OptionSelect } from "@/components/ui/option-select";
import type { SourceValues } from "./source-form-values";

const labels: Record<SourceValues["access"], string> = {
  keep: "As it is",
  none: "Public, without credentials",
  password: "User name and token",
  deploy_key: "Deploy key (SSH)",
};

interface Props {
  values: SourceValues;
  errors: FieldErrors;
  /** There are credentials already. */
  mayKeep: boolean;
  onChange: (change: Partial<SourceValues>) => void;
}

/** How a private repository is opened. What is typed is stored encrypted and never shown again. */
export function CredentialFields({ values, errors, mayKeep, onChange }: Props) {
  const kinds = (["keep", "none", "password", "deploy_key"] as const).filter((kind) => kind !== "keep" || mayKeep);
  return (
    <>
      <Field label="Access" error={errors.credentials}>
        {(control) => (
          <OptionSelect
            {...control}
            value={values.access}
            options={kinds}
            labels={labels}
            onChange={(access) => onChange({ access })}
          />
        )}
      </Field>
      {values.access === "password" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="User name" error={errors["credentials.username"]}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                value={values.username}
                onChange={(event) => onChange({ username: event.target.value })}
              />
            )}
          </Field>
          <Field label="Token or password" error={errors["credentials.password"]}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                value={values.password}
                onChange={(event) => onChange({ password: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      {values.access === "deploy_key" && (
        <Field
          label="Private key"
          error={errors["credentials.privateKey"]}
          help="Without a passphrase. Its public half belongs to the repository's deploy keys, for reading only."
        >
          {(control) => (
            <Textarea
              {...control}
              rows={6}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
              placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
              value={values.privateKey}
              onChange={(event) => onChange({ privateKey: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
