"use client";
import { Switch as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import type { ControlProps } from "./field";

/** An on/off setting that takes effect at once. */
export function Switch({
  label,
  help,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  help?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-ink-faint text-sm">
            {help}
          </p>
        )}
      </div>
      <Toggle
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
        className="mt-0.5"
      />
    </div>
  );
}

function Toggle({ isUnset, className, ...rest }: ComponentProps<typeof Radix.Root> & { isUnset?: boolean }) {
  return (
    <Radix.Root
      {...rest}
      className={cn(
        "group/toggle relative h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors disabled:opacity-50",
        isUnset ? "border-dashed" : "data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
    >
      <Radix.Thumb
        className={cn(
          "block size-3.5 translate-x-0.5 rounded-full bg-ink-faint transition-transform data-[state=checked]:translate-x-4.5",
          isUnset ? "opacity-60" : "data-[state=checked]:bg-on-accent",
        )}
      />
    </Radix.Root>
  );
}

/** A yes or no within a form, which may be neither as long as nobody has said. */
export function YesOrNo({
  control,
  name,
  value,
  unsetText,
  isOnUnset = false,
  disabled = false,
  onChange,
}: {
  control: ControlProps;
  name?: string;
  value: boolean | null;
  /** What it means that nobody has said; without it there is no way back to that. */
  unsetText?: string | undefined;
  /** What holds as long as nobody has said. */
  isOnUnset?: boolean;
  disabled?: boolean;
  onChange: (value: boolean | null) => void;
}) {
  const isUnset = value === null;
  return (
    <div className="flex h-9 items-center gap-2.5 text-sm">
      <Toggle
        {...control}
        name={name}
        checked={value ?? isOnUnset}
        isUnset={isUnset}
        disabled={disabled}
        onCheckedChange={onChange}
      />
      <span className={isUnset ? "text-ink-faint" : "text-ink-soft"}>
        {isUnset ? (unsetText ?? "Not set") : value ? "Yes" : "No"}
      </span>
      {!isUnset && unsetText !== undefined && !disabled && (
        <Button size="sm" look="quiet" className="ml-auto" onClick={() => onChange(null)}>
          Clear
        </Button>
      )}
    </div>
  );
}
