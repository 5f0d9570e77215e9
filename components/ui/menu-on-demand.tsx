"use client";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

type Trigger = ReactElement<ComponentProps<"button">>;

/**
 * A button whose menu is loaded when somebody reaches for it, and then opens at once: a page shows many menus, and most
 * visits open none.
 */
export function MenuOnDemand({
  trigger,
  preload,
  children,
}: {
  trigger: Trigger;
  /** Begins to load the menu's code. */
  preload: () => void;
  /** The menu itself, open from the start. */
  children: (trigger: Trigger) => ReactNode;
}) {
  const [isWanted, setWanted] = useState(false);
  const waiting = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": isWanted,
    onPointerEnter: preload,
    onFocus: preload,
    onClick: () => setWanted(true),
    onKeyDown: (event) => {
      if (event.key === "ArrowDown") setWanted(true);
    },
  });
  if (!isWanted) return waiting;
  return <Suspense fallback={waiting}>{children(trigger)}</Suspense>;
}
