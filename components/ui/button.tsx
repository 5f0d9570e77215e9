import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
  secondary: "bg-surface text-ink border-line-strong hover:bg-hover shadow-card",
  quiet: "bg-transparent text-ink-soft border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-danger-fill text-[oklch(1_0_0)] border-transparent hover:brightness-110",
} as const;
export type ButtonLook = keyof typeof looks;

const sizes = {
  sm: "h-7 gap-1.5 rounded-md px-2.5 text-xs",
  md: "h-8.5 gap-2 rounded-md px-3 text-sm",
  lg: "h-10 gap-2 rounded-lg px-4 text-base",
} as const;

const base =
  "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap border font-medium transition-[background-color,color,filter] duration-100 disabled:opacity-50 aria-disabled:opacity-50";

interface Look {
  look?: ButtonLook;
  size?: keyof typeof sizes;
}

/** For a link that should look like a button. */
export function buttonClass({ look = "secondary", size = "md" }: Look = {}, className?: string): string {
  return cn(base, looks[look], sizes[size], className);
}

export type ButtonProps = ComponentProps<"button"> & Look & { icon?: ReactNode; isBusy?: boolean };

/** A busy button stays focused and says so, but does nothing. */
export function Button({ look, size, icon, isBusy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={buttonClass({ ...(look && { look }), ...(size && { size }) }, className)}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A button with a picture only; `label` is its name and its tooltip. */
export function IconButton({
  label,
  className,
  size = "md",
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> & { label: string; size?: "sm" | "md" }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={cn(
        "inline-flex shrink-0 items-center justify-center rounded-md text-ink-faint transition-colors hover:bg-hover hover:text-ink disabled:opacity-40",
        size === "sm" ? "size-6" : "size-8",
        className,
      )}
    />
  );
}
