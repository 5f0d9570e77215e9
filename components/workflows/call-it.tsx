"use client";
import { Rocket, Unplug } from "lucide-react";
import { useState } from "react";
import { useProject } from "@/components/projects/use-project";
import { buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import type { LiveVersion } from "@/lib/workflows/contract";
import { type CallTarget, curlCall, keyVariable, pythonCall, typescriptCall } from "./call-samples";
import { MethodTag } from "./endpoint";

const languages = {
  curl: { label: "curl", write: curlCall },
  python: { label: "Python", write: pythonCall },
  typescript: { label: "TypeScript", write: typescriptCall },
} satisfies Record<string, { label: string; write: (target: CallTarget) => string }>;
type Language = keyof typeof languages;

/** `serves`: where calls go to the trigger's own process. */
export function CallIt({ live, serves }: { live: LiveVersion | null; serves: { url: string } | null }) {
  if (!live) {
    return (
      <EmptyState icon={<Rocket size={22} />} title="Not live yet">
        Deploy the workflow, and the calls to make stand here, ready to paste.
      </EmptyState>
    );
  }
  if (!live.endpoint && serves) {
    return <Serves url={serves.url} />;
  }
  if (!live.endpoint) {
    return live.formUrl ? <OpenForm url={live.formUrl} /> : <NoEndpoint />;
  }
  return <Calls live={live} endpoint={live.endpoint} />;
}

function NoEndpoint() {
  return (
    <EmptyState icon={<Unplug size={22} />} title="It has no endpoint">
      Its trigger is not an HTTP API. “Run now” starts it by hand; from a terminal,{" "}
      <code className="whitespace-nowrap font-mono text-xs">millrace run start</code> does.
    </EmptyState>
  );
}

function OpenForm({ url }: { url: string }) {
  return (
    <Section title="Call it" description="A run starts whenever somebody sends its form, which is open to everybody.">
      <div className="flex min-w-0 flex-wrap items-center gap-2 p-5">
        <code className="min-w-0 break-all font-mono text-xs">{url}</code>
        <CopyButton text={url} what="the form's address" />
        <a href={url} className={buttonClass({}, "ml-auto")}>
          Open the form
        </a>
      </div>
    </Section>
  );
}

function Serves({ url }: { url: string }) {
  return (
    <Section
      title="Call it"
      description="Its trigger answers calls itself: every method, at this address and all below it."
    >
      <div className="flex min-w-0 items-center gap-2 p-5">
        <MethodTag method="ANY" />
        <code className="min-w-0 break-all font-mono text-xs">{url}</code>
        <CopyButton text={url} what="the URL" />
      </div>
    </Section>
  );
}

function Calls({ live, endpoint }: { live: LiveVersion; endpoint: NonNullable<LiveVersion["endpoint"]> }) {
  const project = useProject();
  const [language, setLanguage] = useState<Language>("curl");
  const target: CallTarget = {
    method: endpoint.method,
    path: endpoint.path,
    projectUrl: project.url,
    inputs: live.inputs,
    needsKey: project.requireKey,
  };
  const url = project.url + endpoint.path;
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Section
        title="Call it"
        description={
          project.requireKey
            ? `Put one of the project's API keys into ${keyVariable}.`
            : "No key is asked for in this project."
        }
        actions={
          <Segmented
            label="Language"
            value={language}
            onChange={setLanguage}
            options={(Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value].label }))}
          />
        }
      >
        <div className="flex flex-col gap-4 p-5">
          <div className="flex min-w-0 items-center gap-2">
            <MethodTag method={endpoint.method} />
            <code className="min-w-0 break-all font-mono text-xs">{url}</code>
            <CopyButton text={url} what="the URL" />
          </div>
          <CodeBlock code={languages[language].write(target)} what={`the ${languages[language].label} call`} />
          <Answers endpoint={endpoint} />
        </div>
      </Section>
      <Section title="Inputs">
        <InputTable inputs={live.inputs} />
      </Section>
    </div>
  );
}

function Answers({ endpoint }: { endpoint: NonNullable<LiveVersion["endpoint"]> }) {
  const { results, successStatus, replyTimeoutSeconds: patience } = endpoint;
  const keys = results.kind === "json" ? results.entries.map((entry) => entry.key) : [];
  return (
    <p className="text-ink-soft text-sm">
      Answers <strong className="font-medium">{successStatus}</strong> with{" "}
      {results.kind === "file" ? "a file" : keys.length === 0 ? "an empty object" : "the keys "}
      {keys.map((key, index) => (
        <span key={key}>
          {index > 0 && ", "}
          <code className="font-mono text-xs">{key}</code>
        </span>
      ))}
      {patience < 0
        ? ", however long it takes."
        : patience === 0
          ? ", by a result link at once."
          : `; after ${patience} s, 202 with a result link.`}
    </p>
  );
}

function InputTable({ inputs }: { inputs: LiveVersion["inputs"] }) {
  if (inputs.length === 0) return <p className="p-5 text-ink-soft text-sm">It takes none.</p>;
  return (
    <ul className="divide-y divide-line">
      {inputs.map((input) => (
        <li key={input.name} className="px-5 py-3 text-sm">
          <div className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-medium font-mono text-xs">{input.name}</code>
            <span className="text-ink-faint text-xs">
              {input.type}
              {input.origin && ` in ${input.origin}`}
              {input.optional && ", optional"}
            </span>
          </div>
          {(input.help || input.humanName) && <p className="mt-0.5 text-ink-soft">{input.help || input.humanName}</p>}
        </li>
      ))}
    </ul>
  );
}
