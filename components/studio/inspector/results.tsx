import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { IconButton } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { isFileType } from "@/lib/values/types";
import { outputsOf } from "../catalog";
import type { Offer } from "../edits/inputs";
import {
  addResult,
  answerFile,
  answerJson,
  changeResult,
  moveResult,
  type ResultEntry,
  removeResult,
} from "../edits/results";
import { useEditor, useStudio } from "../use-studio";
import { LinkSelect } from "./link-select";

/** What the workflow answers: JSON with keys, or one file. */
export function Results() {
  const { editor, catalog, canEdit } = useStudio();
  const definition = useEditor((view) => view.definition);
  const { results } = definition;
  const offers = useMemo(
    () =>
      definition.nodes.flatMap((node): Offer[] => {
        const outputs = outputsOf(catalog, node);
        return outputs.length > 0 ? [{ node, outputs }] : [];
      }),
    [definition, catalog],
  );
  const files = useMemo(() => onlyFiles(offers), [offers]);
  const [firstFile] = files;
  const toFile = () => {
    const output = firstFile?.outputs[0];
    if (firstFile && output) editor.edit((d) => answerFile(d, { node: firstFile.node.id, output: output.name }));
  };
  return (
    <div className="flex flex-col gap-4" data-field="results">
      <p className="text-ink-soft text-sm">What whoever started a run gets back once it has completed.</p>
      {canEdit && (
        <Segmented
          label="Form of the answer"
          value={results.kind}
          onChange={(kind) => (kind === "json" ? editor.edit(answerJson) : toFile())}
          options={[
            { value: "json", label: "JSON" },
            { value: "file", label: firstFile ? "A file" : "A file (no step gives one)" },
          ]}
        />
      )}
      {results.kind === "file" ? (
        <Field label="File">
          {(control) => (
            <LinkSelect
              control={control}
              catalog={catalog}
              offers={files}
              value={results}
              disabled={!canEdit}
              onChange={(chosen) => editor.edit((d) => answerFile(d, chosen))}
            />
          )}
        </Field>
      ) : (
        <JsonResults offers={offers} />
      )}
    </div>
  );
}

function onlyFiles(offers: Offer[]): Offer[] {
  return offers.flatMap(({ node, outputs }) => {
    const fitting = outputs.filter((output) => isFileType(output.type));
    return fitting.length > 0 ? [{ node, outputs: fitting }] : [];
  });
}

function JsonResults({ offers }: { offers: Offer[] }) {
  const { editor, catalog, canEdit } = useStudio();
  const results = useEditor((view) => view.definition.results);
  if (results.kind !== "json") return null;
  return (
    <>
      <ol className="flex flex-col gap-3">
        {results.entries.map((entry, index) => {
          // Keys change while they are typed; a result is its place in the list.
          const place = `results.entries.${index}`;
          return (
            <li key={place} data-field={place}>
              <ResultCard entry={entry} index={index} isLast={index === results.entries.length - 1} offers={offers} />
            </li>
          );
        })}
      </ol>
      {canEdit && (
        <Field label="Add a key">
          {(control) => (
            <LinkSelect
              control={control}
              catalog={catalog}
              offers={offers}
              value={null}
              placeholder="From an output …"
              disabled={offers.length === 0}
              onChange={(chosen) => editor.edit((d) => addResult(d, chosen))}
            />
          )}
        </Field>
      )}
    </>
  );
}

interface ResultCardProps {
  entry: ResultEntry;
  index: number;
  isLast: boolean;
  offers: Offer[];
}

function ResultCard({ entry, index, isLast, offers }: ResultCardProps) {
  const { editor, catalog, problems, canEdit } = useStudio();
  const name = entry.key || `result ${index + 1}`;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-sunken p-3">
      <div className="flex items-start gap-1">
        <Field
          label={<span className="sr-only">Key</span>}
          className="min-w-0 flex-1"
          error={problems.find((problem) => problem.path === `results.entries.${index}`)?.message}
        >
          {(control) => (
            <Input
              {...control}
              disabled={!canEdit}
              className="font-mono text-xs"
              maxLength={200}
              value={entry.key}
              onChange={(event) =>
                editor.edit((d) => changeResult(d, index, { key: event.target.value }), `key ${index}`)
              }
            />
          )}
        </Field>
        {canEdit && (
          <span className="flex pt-2">
            <IconButton
              label={`Move ${name} up`}
              size="sm"
              disabled={index === 0}
              onClick={() => editor.edit((d) => moveResult(d, index, -1))}
            >
              <ArrowUp size={14} />
            </IconButton>
            <IconButton
              label={`Move ${name} down`}
              size="sm"
              disabled={isLast}
              onClick={() => editor.edit((d) => moveResult(d, index, 1))}
            >
              <ArrowDown size={14} />
            </IconButton>
            <IconButton label={`Remove ${name}`} size="sm" onClick={() => editor.edit((d) => removeResult(d, index))}>
              <Trash2 size={14} />
            </IconButton>
          </span>
        )}
      </div>
      <LinkSelect
        control={{ "aria-label": `Where ${name} comes from` }}
        catalog={catalog}
        offers={offers}
        value={entry}
        disabled={!canEdit}
        onChange={(chosen) => editor.edit((d) => changeResult(d, index, chosen))}
      />
    </div>
  );
}
