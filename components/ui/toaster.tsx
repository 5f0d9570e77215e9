"use client";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button, IconButton } from "./button";
import { currentToasts, dismissToast, subscribeToToasts, type Toast } from "./toast-store";

const none: readonly Toast[] = [];

export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, () => none);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-18 z-60 flex flex-col items-center gap-2 sm:inset-x-auto sm:right-4 sm:bottom-4 sm:items-end"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const { id, tone, title, detail, action } = toast;
  return (
    <div className="pointer-events-auto flex w-full max-w-sm animate-rise items-start gap-3 rounded-lg border border-line bg-raised p-3 pr-2 shadow-pop">
      {tone === "success" && <CircleCheck size={16} className="mt-0.5 shrink-0 text-completed" aria-hidden="true" />}
      {tone === "error" && <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" aria-hidden="true" />}
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">{title}</p>
        {detail && <p className="mt-0.5 text-ink-soft">{detail}</p>}
      </div>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" size="sm" onClick={() => dismissToast(id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
