"use client";
import { type ReactNode, useId } from "react";
import { useIsHydrated } from "./use-is-hydrated";

/** One of a few, side by side. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  const isHydrated = useIsHydrated();
  return (
    <fieldset className="fade-edges w-fit min-w-0 max-w-full overflow-x-auto rounded-lg border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      <div className="flex gap-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative flex h-7 cursor-pointer items-center whitespace-nowrap rounded-md px-2.5 text-ink-soft text-xs transition-colors hover:text-ink has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={!isHydrated}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
