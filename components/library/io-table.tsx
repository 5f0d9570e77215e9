import type { ActionVersionResource } from "@/lib/actions/contract";

type Io = ActionVersionResource["inputs"][number];

/** What an action takes or gives, as its metadata says it. */
export function IoTable({ items, empty }: { items: Io[]; empty: string }) {
  if (items.length === 0) return <p className="p-5 text-ink-faint text-sm">{empty}</p>;
  return (
    <ul className="divide-y divide-line">
      {items.map((io) => (
        <li key={io.name} className="px-5 py-3 text-sm">
          <div className="flex flex-wrap items-baseline gap-x-2.5">
            <code className="font-medium font-mono text-xs">{io.name}</code>
            <span className="text-ink-faint text-xs">
              {io.type}
              {io.optional && ", optional"}
              {io.defaultValue !== undefined && `, default ${JSON.stringify(io.defaultValue)}`}
            </span>
          </div>
          {(io.humanName || io.help) && (
            <p className="mt-0.5 text-ink-soft">{[io.humanName, io.help].filter(Boolean).join(". ")}</p>
          )}
          {io.enumValues && io.enumValues.length > 0 && (
            <p className="mt-0.5 text-ink-faint text-xs">One of {io.enumValues.join(", ")}</p>
          )}
          {io.schema && (
            <details className="mt-1 text-xs">
              <summary className="cursor-pointer text-ink-faint">JSON Schema</summary>
              <pre className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs">
                {JSON.stringify(io.schema, null, 2)}
              </pre>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
