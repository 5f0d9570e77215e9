import { Field, Input } from "@/components/ui/field";
import { ProblemList } from "@/components/ui/problem-list";
import { IoEditor } from "./io-editor";
import { addIo, type IoList, removeIo, setFact, setIo } from "./metadata-form";
import type { DraftView } from "./use-draft";

const facts = [
  { key: "humanName", label: "Name", isCode: false },
  { key: "id", label: "Id", isCode: true },
  { key: "version", label: "Version", isCode: true },
  { key: "description", label: "Description", isCode: false },
] as const;
const lists: IoList[] = ["inputs", "outputs"];

/** What the action is called and what it takes and gives, typed into fields instead of YAML. */
export function AboutPanel({ view, isReadOnly, isNew }: { view: DraftView; isReadOnly: boolean; isNew: boolean }) {
  const { form, metadataProblems, editMetadata } = view;
  return (
    <div className="flex flex-col gap-6">
      {metadataProblems.length > 0 && (
        <div className="rounded-lg border border-danger-line">
          <ProblemList problems={metadataProblems} label="Problems of the metadata" />
        </div>
      )}
      {!form && (
        <p className="text-ink-soft text-sm">Mend ryax_metadata.yaml first; then this form can be used again.</p>
      )}
      {form && (
        <>
          <div className="grid grid-cols-2 gap-3">
            {facts.map(({ key, label, isCode }) => (
              <Field key={key} label={label} className={isCode ? "" : "col-span-2"}>
                {(control) => (
                  <Input
                    {...control}
                    value={form[key]}
                    disabled={isReadOnly || (key === "id" && !isNew)}
                    autoComplete="off"
                    spellCheck={!isCode}
                    className={isCode ? "font-mono text-xs" : ""}
                    onChange={(event) => editMetadata((yaml) => setFact(yaml, key, event.target.value))}
                  />
                )}
              </Field>
            ))}
          </div>
          {lists.map((list) => (
            <IoEditor
              key={list}
              list={list}
              items={form[list]}
              disabled={isReadOnly}
              onChange={(index, change) => editMetadata((yaml) => setIo(yaml, list, index, change))}
              onAdd={() => editMetadata((yaml) => addIo(yaml, list))}
              onRemove={(index) => editMetadata((yaml) => removeIo(yaml, list, index))}
            />
          ))}
        </>
      )}
    </div>
  );
}
