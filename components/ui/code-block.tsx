import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** Text as a machine reads it, with a button that copies all of it. */
export function CodeBlock({ code, what, className }: { code: string; what: string; className?: string }) {
  return (
    <div className={cn("group relative rounded-lg border border-line bg-sunken", className)}>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
        tabIndex={0}
        className="max-h-[32rem] overflow-auto px-4 py-3 pr-11 font-mono text-[0.78125rem] text-ink leading-5"
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-0 right-0 rounded-tr-lg rounded-bl-md bg-sunken p-1.5">
        <CopyButton text={code} what={what} />
      </div>
    </div>
  );
}
