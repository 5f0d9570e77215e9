import type { ComponentProps } from "react";
import { Select } from "./field";

interface OptionSelectProps<Option extends string>
  extends Omit<ComponentProps<"select">, "value" | "onChange" | "children"> {
  value: Option;
  options: readonly Option[];
  /** What is read instead of an option's own word. */
  labels?: Readonly<Record<Option, string>>;
  onChange: (option: Option) => void;
}

/** One of a closed list of words. */
export function OptionSelect<Option extends string>({
  value,
  options,
  labels,
  onChange,
  ...rest
}: OptionSelectProps<Option>) {
  return (
    <Select
      {...rest}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {labels?.[option] ?? option}
        </option>
      ))}
    </Select>
  );
}
