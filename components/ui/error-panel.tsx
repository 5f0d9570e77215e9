import { TriangleAlert } from "lucide-react";
import { Button } from "./button";

/** Something could not be read: says what and offers another try. */
export function ErrorPanel({
  title,
  message,
  requestId,
  onRetry,
}: {
  title: string;
  message?: string | undefined;
  requestId?: string | null | undefined;
  onRetry?: () => void;
}) {
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-3 rounded-lg border border-danger-line bg-danger-soft p-5 text-sm"
    >
      <div className="flex items-center gap-2 font-medium text-danger">
        <TriangleAlert size={16} aria-hidden="true" />
        {title}
      </div>
      {message && <p className="text-ink-soft">{message}</p>}
      {requestId && <p className="font-mono text-ink-faint text-xs">request {requestId}</p>}
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
