import { cn } from "./cn";

export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "size-3.5 shrink-0 animate-turn rounded-full border-2 border-current border-r-transparent",
        className,
      )}
    />
  );
}
