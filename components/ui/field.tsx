import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

export const controlClass =
  "w-full rounded-md border border-line-strong bg-surface px-3 text-sm text-ink shadow-card transition-colors hover:border-ink-faint aria-invalid:border-danger disabled:opacity-60";

export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

export interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  isOptional?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its help and, where there is one, its error: all tied together for screen readers. */
export function Field({ label, help, error, isOptional, className, children }: FieldProps) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="flex items-baseline gap-2 font-medium text-sm">
        {label}
        {isOptional && <span className="font-normal text-ink-faint text-xs">optional</span>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="text-danger text-xs">
          {error}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="text-ink-faint text-xs">
          {help}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input dir="auto" {...rest} className={cn(controlClass, "h-9", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea dir="auto" {...rest} className={cn(controlClass, "min-h-24 resize-y py-2 leading-5", className)} />;
}

const selectArrow =
  "appearance-none bg-[length:16px] bg-[position:right_0.6rem_center] bg-no-repeat pr-8 bg-[url('data:image/svg+xml;utf8,<svg%20xmlns=%22http://www.w3.org/2000/svg%22%20width=%2224%22%20height=%2224%22%20fill=%22none%22%20stroke=%22%23808a91%22%20stroke-width=%222%22><path%20d=%22m6%209%206%206%206-6%22/></svg>')]";

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select {...rest} className={cn(controlClass, selectArrow, "h-9", className)} />;
}
