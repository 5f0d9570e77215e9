import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Textarea } from "./field";
import { jsonProblem } from "./read-json";

/**
 * A field for JSON, which says while it is typed in whether it can be read. Nothing happens when it is left: a button
 * would move away from the pointer that is about to press it.
 */
export function JsonTextarea({
  value,
  onText,
  className,
  ...rest
}: Omit<ComponentProps<"textarea">, "value" | "onChange"> & { value: string; onText: (text: string) => void }) {
  const problem = jsonProblem(value);
  return (
    <>
      <Textarea
        {...rest}
        value={value}
        rows={Math.min(16, Math.max(4, value.split("\n").length))}
        spellCheck={false}
        autoComplete="off"
        className={cn("font-mono text-xs", className)}
        onChange={(event) => onText(event.target.value)}
      />
      {problem && (
        <p role="status" className="text-ink-faint text-xs">
          Not JSON yet: {problem}
        </p>
      )}
    </>
  );
}
