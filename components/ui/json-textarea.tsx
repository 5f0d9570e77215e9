import { type ComponentProps, useState } from "react";
import { cn } from "./cn";
import { Textarea } from "./field";
import { jsonProblem, readJson } from "./read-json";

/** A field for JSON: says whether it can be read, and sets it in order once it is left. */
export function JsonTextarea({
  value,
  onText,
  className,
  ...rest
}: Omit<ComponentProps<"textarea">, "value" | "onChange"> & { value: string; onText: (text: string) => void }) {
  const [isLeft, setLeft] = useState(false);
  const problem = jsonProblem(value);
  const leave = () => {
    setLeft(true);
    if (problem || value.trim() === "") return;
    const ordered = JSON.stringify(readJson(value), null, 2);
    if (ordered !== value) onText(ordered);
  };
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
        onFocus={() => setLeft(false)}
        onBlur={leave}
      />
      {isLeft && problem && (
        <p role="status" className="text-danger text-xs">
          This is not JSON: {problem}
        </p>
      )}
    </>
  );
}
