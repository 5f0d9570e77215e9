"use client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { atFields, type FieldErrors } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Button } from "@/components/ui/button";
import type { TypedValues } from "@/components/workflows/run-input";
import type { FormResource } from "@/lib/endpoints/live-form";
import { FormField } from "./form-field";
import { ResultView } from "./result-view";
import { FormRefused, sendForm } from "./send-form";
import { judgeForm, partsOf } from "./typed-form";

const resultHash = "#result=";

/** Only ever a result of this site, whoever wrote the address. */
function resultInAddress(): string | null {
  const written = new URLSearchParams(window.location.hash.slice(1)).get("result");
  return written && /^\/results\/[a-z0-9]+\/WorkflowRun-[\w-]+\?/.test(written) ? written : null;
}

/** A form trigger's page: what the workflow asks for, then what came of it. */
export function PublicForm({ form, action }: { form: FormResource; action: string }) {
  const [resultPath, setResultPath] = useState<string | null>(null);
  useEffect(() => setResultPath(resultInAddress()), []);
  const show = (path: string | null) => {
    window.history.replaceState(null, "", path ? resultHash + encodeURIComponent(path) : window.location.pathname);
    setResultPath(path);
  };
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col gap-6 px-5 py-10 sm:py-16">
      <header>
        <h1 className="text-balance font-semibold text-2xl">{form.title}</h1>
        {form.introduction && <p className="mt-2 whitespace-pre-line text-ink-soft text-sm">{form.introduction}</p>}
      </header>
      <div className="rounded-xl border border-line bg-surface p-5 shadow-card sm:p-7">
        {resultPath ? (
          <ResultView path={resultPath} onAgain={() => show(null)} />
        ) : (
          <Fields form={form} action={action} onSent={show} />
        )}
      </div>
    </main>
  );
}

const noErrors: FieldErrors = {};

/** Not `randomUUID`, which browsers keep from pages that are served without TLS. */
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");

function Fields({
  form,
  action,
  onSent,
}: {
  form: FormResource;
  action: string;
  onSent: (resultPath: string) => void;
}) {
  const element = useRef<HTMLFormElement>(null);
  // Changed with what is filled in: the same sent twice is one, and something else is another.
  const key = useRef<string>(undefined);
  const [filled, setFilled] = useState<TypedValues>({});
  const [errors, setErrors] = useState(noErrors);
  const [failure, setFailure] = useState<string>();
  const [progress, setProgress] = useState<number>();
  useFocusFirstError(element, errors);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (progress !== undefined) return;
    const wrong = judgeForm(form.inputs, filled);
    setErrors(wrong);
    setFailure(undefined);
    if (Object.keys(wrong).length > 0) return;
    key.current ??= newKey();
    setProgress(0);
    try {
      const sent = await sendForm(action, partsOf(form.inputs, filled), key.current, setProgress);
      onSent(sent.resultPath);
    } catch (error) {
      const names = form.inputs.map((input) => input.name);
      const fields = error instanceof FormRefused ? atFields(error.fields, names) : {};
      setErrors(fields);
      if (Object.keys(fields).length === 0) setFailure((error as Error).message);
      setProgress(undefined);
    }
  };
  const change = (name: string, value: string | boolean | File) => {
    key.current = undefined;
    setFilled({ ...filled, [name]: value });
  };
  return (
    <form ref={element} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormError message={failure} />
      {form.inputs.map((input) => (
        <FormField
          key={input.name}
          input={input}
          value={filled[input.name]}
          error={errors[input.name]}
          onChange={(value) => change(input.name, value)}
        />
      ))}
      {progress !== undefined && <Progress part={progress} />}
      <Button type="submit" look="primary" size="lg" isBusy={progress !== undefined}>
        {form.submitLabel}
      </Button>
    </form>
  );
}

function Progress({ part }: { part: number }) {
  const percent = Math.round(part * 100);
  return (
    <div
      role="progressbar"
      aria-label="Sending"
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}
