import { cn } from "@/components/ui/cn";

const hues = [205, 150, 285, 30, 90, 330, 250];

/** A project's sign: its first letter on a colour that its id gives it. */
export function ProjectMark({ name, id, isLarge = false }: { name: string; id: string; isLarge?: boolean }) {
  const hue = hues[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % hues.length];
  return (
    <span
      aria-hidden="true"
      className={cn(
        "flex shrink-0 items-center justify-center font-semibold uppercase",
        isLarge ? "size-9 rounded-lg text-base" : "size-5.5 rounded-sm text-2xs",
      )}
      style={{
        backgroundColor: `light-dark(oklch(0.92 0.045 ${hue}), oklch(0.34 0.06 ${hue}))`,
        color: `light-dark(oklch(0.4 0.09 ${hue}), oklch(0.88 0.07 ${hue}))`,
      }}
    >
      {[...name][0]}
    </span>
  );
}
