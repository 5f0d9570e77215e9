import { Play, Square } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type FieldErrors, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { Button } from "@/components/ui/button";
import { RunField } from "@/components/workflows/run-field";
import { readRunInput, type TypedValues } from "@/components/workflows/run-input";
import type { ActionInterface } from "@/lib/actions/interface";
import { stringifyJson } from "@/lib/values/json";
import { isFileType, type JsonValue } from "@/lib/values/types";
import { type ChosenFile, TrialFile } from "./trial-file";
import type { TrialInput, TrialView } from "./use-trial";

function typedOf(value: JsonValue): string | boolean {
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? value : stringifyJson(value, 2);
}

const startOf = (inputs: ActionInterface["inputs"]): TypedValues =>
  Object.fromEntries(
    inputs.flatMap(({ name, type, defaultValue }) =>
      defaultValue === undefined || isFileType(type) ? [] : [[name, typedOf(defaultValue)] as const],
    ),
  );

/** What the handler is called with. */
export function TrialForm({
  inputs,
  trial,
  onStart,
}: {
  inputs: ActionInterface["inputs"];
  trial: TrialView;
  onStart: (inputs: TrialInput) => void;
}) {
  const [typed, setTyped] = useState<TypedValues>({});
  const [files, setFiles] = useState<Record<string, ChosenFile>>({});
  const [own, setOwn] = useState<FieldErrors>({});
  const values = { ...startOf(inputs), ...typed };
  const errors = { ...inputErrors(trial.error), ...own };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is chosen is not typed; what is not is asked for.
    const read = readRunInput(
      inputs.filter(({ name, type }) => !(isFileType(type) && files[name])),
      values,
    );
    setOwn(read.errors);
    if (Object.keys(read.errors).length > 0) return;
    const chosen = inputs.flatMap(({ name, type }) =>
      isFileType(type) && files[name] ? [[name, files[name]] as const] : [],
    );
    onStart({ ...read.input, ...Object.fromEntries(chosen) });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError
        message={generalError(
          trial.error,
          inputs.map(({ name }) => `inputs.${name}`),
        )}
      />
      {inputs.length === 0 && <p className="text-ink-soft text-sm">It takes no inputs.</p>}
      {inputs.map((definition) => {
        const { name } = definition;
        const error = errors[`input.${name}`];
        return isFileType(definition.type) ? (
          <TrialFile
            key={name}
            definition={definition}
            error={error}
            onChoose={(file, problem) => {
              const { [name]: _, ...others } = files;
              setFiles(file ? { ...others, [name]: file } : others);
              setOwn(problem ? { [`input.${name}`]: problem } : {});
            }}
          />
        ) : (
          <RunField
            key={name}
            definition={definition}
            value={values[name] ?? ""}
            error={error}
            onChange={(value) => setTyped({ ...typed, [name]: value })}
          />
        );
      })}
      <div className="flex gap-2">
        <Button type="submit" look="primary" icon={<Play size={14} />} isBusy={trial.isRunning}>
          Test with these inputs
        </Button>
        {trial.isRunning && (
          <Button icon={<Square size={12} />} onClick={trial.stop}>
            Stop
          </Button>
        )}
      </div>
    </form>
  );
}

/** The server names them `inputs.<name>`, the form's own rules `input.<name>`. */
function inputErrors(error: Error | null): FieldErrors {
  return Object.fromEntries(
    Object.entries(fieldErrors(error)).map(([name, message]) => [name.replace(/^inputs\./, "input."), message]),
  );
}
