import { PowerOff } from "lucide-react";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { spanLabel } from "./clock-words";

interface Downtime {
  from: string;
  until: string;
}

/** When the whole instance was down, and what came of that; nothing where it was not. */
export function Downtimes<T extends Downtime>({ items, whatOf }: { items: T[]; whatOf: (item: T) => string }) {
  const isHydrated = useIsHydrated();
  if (items.length === 0) return null;
  return (
    <ul aria-label="Downtimes" className="flex flex-col gap-1.5 text-ink-soft text-sm">
      {items.map((item) => (
        <li key={item.from} className="flex items-start gap-2">
          <PowerOff size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-faint" />
          {/* The server does not know the viewer's zone. */}
          <span>
            {isHydrated && `Down ${spanLabel(item.from, item.until)}: `}
            {whatOf(item)}
          </span>
        </li>
      ))}
    </ul>
  );
}
