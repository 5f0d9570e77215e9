import { ArrowLeft, Download, Save } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { TemplateLanguage } from "./templates";
import type { DraftView } from "./use-draft";

const languages = [
  { value: "python" as const, label: "Python" },
  { value: "node" as const, label: "Node" },
];

/** What is being written, and what can be done with it as a whole. */
export function EditorBar({
  view,
  language,
  isBusy,
  canSave,
  onLanguage,
  onExport,
  onSave,
  onClose,
}: {
  view: DraftView;
  /** Null where it is settled. */
  language: TemplateLanguage | null;
  isBusy: boolean;
  canSave: boolean;
  onLanguage: (language: TemplateLanguage) => void;
  onExport: () => void;
  onSave: () => void;
  onClose: () => void;
}) {
  const { form, isChanged } = view;
  return (
    <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-3 border-line border-b bg-surface px-3 py-2">
      <IconButton label="Leave the editor" onClick={onClose}>
        <ArrowLeft size={17} />
      </IconButton>
      <h1 className="min-w-0 truncate font-semibold">{form?.humanName || "Action"}</h1>
      {form && (
        <code className="hidden truncate font-mono text-ink-faint text-xs sm:block">
          {form.id}@{form.version}
        </code>
      )}
      {isChanged && <span className="text-ink-faint text-xs">not saved</span>}
      <span className="ml-auto flex items-center gap-2">
        {language && <Segmented label="Language" value={language} options={languages} onChange={onLanguage} />}
        <Button icon={<Download size={14} />} onClick={onExport}>
          Export
        </Button>
        {canSave && (
          <Button look="primary" icon={<Save size={14} />} isBusy={isBusy} disabled={!form} onClick={onSave}>
            {isBusy ? "Building …" : `Save version ${form?.version ?? ""}`}
          </Button>
        )}
      </span>
    </header>
  );
}
