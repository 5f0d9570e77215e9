import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { typedText } from "../typed-value";
import type { ValueControlProps } from "../value-control";

/** What the browser's own control can hold: a local time without an offset. */
const localPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** One time of the clock's zone, or none; one that has an offset of its own is typed. */
export function MomentControl({ control, source, disabled, onChange }: ValueControlProps) {
  const text = typedText(source);
  const [isTyped, setTyped] = useState(text !== "" && !localPattern.test(text));
  const take = (next: string) => onChange(next === "" ? null : { static: next });
  return (
    <div className="flex items-center gap-2">
      <Input
        {...control}
        type={isTyped ? "text" : "datetime-local"}
        disabled={disabled}
        value={text}
        autoComplete="off"
        placeholder="2027-01-31T17:00:00Z"
        onChange={(event) => take(event.target.value)}
      />
      <Button
        size="sm"
        look="quiet"
        disabled={disabled}
        onClick={() => {
          if (isTyped && !localPattern.test(text)) take("");
          setTyped(!isTyped);
        }}
      >
        {isTyped ? "Choose" : "Type"}
      </Button>
    </div>
  );
}
