"use client";
import { useEffect, useMemo, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { BuildLog } from "@/components/library/build-log";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ProblemList } from "@/components/ui/problem-list";
import { Tabs } from "@/components/ui/tabs";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { metadataFileName, readMetadata } from "@/lib/actions/metadata";
import { problemOfBuild } from "@/lib/actions/problem-of-build";
import type { Issue } from "@/lib/errors";
import { AboutPanel } from "./about-panel";
import { CodeField } from "./code-field";
import { type Draft, editableFiles, metadataOf, zipDraft } from "./draft";
import { EditorBar } from "./editor-bar";
import { FileTabs } from "./file-tabs";
import { setFact } from "./metadata-form";
import { raiseVersion } from "./raise-version";
import { saveFile } from "./save-file";
import { type TemplateLanguage, templates } from "./templates";
import { TrialForm } from "./trial-form";
import { TrialResult } from "./trial-result";
import { useDraft } from "./use-draft";
import { refusalOf, useSave } from "./use-save";
import { useTrial } from "./use-trial";

type Panel = "about" | "test" | "build";

export interface ActionEditorProps {
  begun: Draft;
  /** A new action: its language and its id can still be chosen. */
  isNew: boolean;
  /** Versions that there are of the action already. */
  taken: string[];
  onSaved: (action: ActionVersionResource) => void;
  onClose: () => void;
}

/** A package as code, as a form and as something to try: on a page of its own or over the studio. */
export function ActionEditor({ begun, isNew, taken, onSaved, onClose }: ActionEditorProps) {
  const projectId = useProjectId();
  const canSave = useMay("actions.manage");
  const view = useDraft(begun);
  const { draft, form } = view;
  const [language, setLanguage] = useState<TemplateLanguage>("python");
  const [open, setOpen] = useState(() => editableFiles(begun)[0] ?? metadataFileName);
  const [panel, setPanel] = useState<Panel>("about");
  const [found, setFound] = useState<Issue[]>([]);
  const [isLeaving, setLeaving] = useState(false);
  const trial = useTrial(projectId);
  const show = (problems: Issue[]) => {
    setFound(problems);
    const [first] = problems;
    if (first && typeof draft.files[first.path] === "string") setOpen(first.path);
  };
  const { save, error, isBusy, buildLog } = useSave(projectId, {
    built: (action) => {
      view.saved();
      onSaved(action);
    },
    failed: (message, action) => {
      const problem = problemOfBuild(message);
      show([problem ?? { path: `${action.id}@${action.version}`, message }]);
      // What is built once stays as it is, even where the build failed.
      view.editMetadata((yaml) => setFact(yaml, "version", raiseVersion(action.version, [...taken, action.version])));
    },
  });
  useEffect(() => setFound(refusalOf(error)), [error]);
  useLeaveWarning(view.isChanged);
  const interfaceNow = useMemo(() => readMetadata(metadataOf(draft)).interface, [draft]);
  const problems = useMemo(() => [...view.metadataProblems, ...found], [view.metadataProblems, found]);
  const ofFile = useMemo(() => problems.filter((problem) => problem.path === open), [problems, open]);
  const paths = editableFiles(draft);
  const manifest = interfaceNow?.language === "node" ? "package.json" : "requirements.txt";
  const edit = (path: string, text: string) => {
    view.edit(path, text);
    if (found.some((problem) => problem.path === path)) setFound(found.filter((problem) => problem.path !== path));
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <EditorBar
        view={view}
        language={isNew && !view.isChanged ? language : null}
        isBusy={isBusy}
        canSave={canSave}
        onLanguage={(chosen) => {
          setLanguage(chosen);
          view.replace(templates[chosen]);
          setOpen(editableFiles(templates[chosen])[0] ?? metadataFileName);
        }}
        onExport={() => saveFile(`${form?.id || "action"}-${form?.version ?? ""}.zip`, zipDraft(draft))}
        onSave={() => {
          setFound([]);
          setPanel("build");
          save(draft);
        }}
        onClose={() => (view.isChanged ? setLeaving(true) : onClose())}
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto md:flex-row md:overflow-hidden">
        <div className="flex h-[60dvh] min-w-0 shrink-0 flex-col bg-sunken md:h-auto md:flex-1 md:shrink">
          <FileTabs
            paths={paths}
            open={open}
            wrong={new Set(problems.filter(({ severity }) => severity !== "warning").map(({ path }) => path))}
            missing={canSave && interfaceNow && !draft.files[manifest] && !paths.includes(manifest) ? manifest : null}
            onOpen={setOpen}
            onAdd={(path) => {
              view.edit(path, path === "package.json" ? '{\n  "dependencies": {}\n}\n' : "");
              setOpen(path);
            }}
          />
          <div className="min-h-0 flex-1">
            <CodeField
              path={open}
              text={String(draft.files[open] ?? "")}
              problems={ofFile}
              isReadOnly={!canSave}
              onChange={(text) => edit(open, text)}
            />
          </div>
        </div>
        <aside
          aria-label="The action"
          className="relative shrink-0 border-line border-l bg-canvas px-4 pt-2 pb-6 md:w-104 md:overflow-y-auto"
        >
          {found.length > 0 && (
            <div role="alert" className="mt-2 mb-1 rounded-lg border border-danger-line bg-danger-soft">
              <ProblemList problems={found} label="Problems" />
            </div>
          )}
          <FormError message={found.length === 0 ? error?.message : undefined} />
          <Tabs<Panel>
            label="The action"
            value={panel}
            onChange={setPanel}
            tabs={[
              {
                value: "about",
                label: "Interface",
                content: <AboutPanel view={view} isReadOnly={!canSave} isNew={isNew} />,
              },
              {
                value: "test",
                label: "Test",
                content: interfaceNow ? (
                  <div className="flex flex-col gap-6">
                    <TrialForm
                      inputs={interfaceNow.inputs}
                      trial={trial}
                      onStart={async (inputs) => {
                        setFound([]);
                        const end = await trial.start(draft, inputs);
                        if (end?.problem) show([end.problem]);
                      }}
                    />
                    <TrialResult trial={trial} />
                  </div>
                ) : (
                  <p className="text-ink-soft text-sm">
                    The metadata has problems; once they are mended it can be tested.
                  </p>
                ),
              },
              ...(isBusy || buildLog.length > 0
                ? [
                    {
                      value: "build" as const,
                      label: "Build",
                      content: <BuildLog lines={buildLog} isGrowing={isBusy} />,
                    },
                  ]
                : []),
            ]}
          />
        </aside>
      </div>
      <ConfirmDialog
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        title="Leave without saving?"
        verb="Leave the editor"
        onConfirm={onClose}
      >
        What was typed since the last version is lost. Export keeps it as a file.
      </ConfirmDialog>
    </div>
  );
}

/** A tab that is closed takes what was typed with it. */
function useLeaveWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
}
