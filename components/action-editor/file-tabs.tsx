import { Plus } from "lucide-react";
import { cn } from "@/components/ui/cn";

/** The package's files, one open at a time. */
export function FileTabs({
  paths,
  open,
  wrong,
  missing,
  onOpen,
  onAdd,
}: {
  paths: string[];
  open: string;
  /** Those with a problem in them. */
  wrong: ReadonlySet<string>;
  /** A file that the package may have and has not. */
  missing: string | null;
  onOpen: (path: string) => void;
  onAdd: (path: string) => void;
}) {
  return (
    <div className="fade-edges flex shrink-0 gap-1 overflow-x-auto border-line border-b px-2 pt-1.5">
      <div role="tablist" aria-label="Files" className="flex gap-1">
        {paths.map((path) => (
          <button
            key={path}
            type="button"
            role="tab"
            aria-selected={path === open}
            onClick={() => onOpen(path)}
            className={cn(
              "-mb-px flex items-center gap-1.5 whitespace-nowrap rounded-t-md border border-transparent px-2.5 py-1.5 font-mono text-xs",
              path === open ? "border-line border-b-surface bg-surface text-ink" : "text-ink-soft hover:text-ink",
            )}
          >
            {path}
            {wrong.has(path) && (
              <span role="img" aria-label="has a problem" className="size-1.5 rounded-full bg-danger-fill" />
            )}
          </button>
        ))}
      </div>
      {missing && (
        <button
          type="button"
          onClick={() => onAdd(missing)}
          className="flex items-center gap-1 whitespace-nowrap rounded-md px-2 py-1.5 text-ink-faint text-xs hover:text-ink"
        >
          <Plus size={12} aria-hidden="true" />
          {missing}
        </button>
      )}
    </div>
  );
}
