"use client";
import { WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useLive } from "./provider";

/** A blink is not worth a word. */
const patienceMs = 1_500;

/** Says that what is shown may be old, as long as the connection is lost. */
export function ConnectionNotice() {
  const { status, retryNow } = useLive();
  const [isLost, setLost] = useState(false);
  const isOpen = status === "open";
  useEffect(() => {
    if (isOpen) return setLost(false);
    const timer = setTimeout(() => setLost(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isOpen]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-18 z-30 flex justify-center px-3 md:bottom-5"
    >
      {isLost && (
        <div className="pointer-events-auto flex animate-rise items-center gap-3 rounded-full border border-warning-line bg-raised py-1.5 pr-1.5 pl-4 text-sm shadow-pop">
          <WifiOff size={15} className="text-warning" aria-hidden="true" />
          Connection lost. What you see may be old.
          <Button size="sm" look="quiet" onClick={retryNow}>
            Reconnect
          </Button>
        </div>
      )}
    </div>
  );
}
