import { Field } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format";
import type { IoDefinition } from "@/lib/values/types";
import { base64Of } from "./draft";

export interface ChosenFile {
  name: string;
  base64: string;
}

/** What fits into a test beside its package; a run takes files of any size. */
const maxFileBytes = 512 * 1024;

/** A file for a test; it goes along with the request and is kept nowhere. */
export function TrialFile({
  definition: { name, humanName, help, type, optional },
  error,
  onChoose,
}: {
  definition: IoDefinition;
  error: string | undefined;
  onChoose: (file: ChosenFile | null, problem?: string) => void;
}) {
  const choose = async (file: File | undefined) => {
    if (!file) return onChoose(null);
    if (file.size > maxFileBytes)
      return onChoose(null, `Here a file may have ${formatBytes(maxFileBytes)}; a run takes larger ones.`);
    onChoose({ name: file.name, base64: base64Of(new Uint8Array(await file.arrayBuffer())) });
  };
  return (
    <Field label={humanName || name} help={help} error={error} isOptional={optional}>
      {(control) => (
        <input
          {...control}
          type="file"
          accept={type === "directory" ? ".zip" : undefined}
          onChange={(event) => void choose(event.target.files?.[0])}
          className="w-full text-sm file:mr-3 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-2.5 file:py-1"
        />
      )}
    </Field>
  );
}
