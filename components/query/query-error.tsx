import { ErrorPanel } from "@/components/ui/error-panel";
import { ApiError } from "@/lib/http/client";

/** What a query says went wrong, with another try. */
export function QueryError({ title, error, onRetry }: { title: string; error: Error; onRetry: () => void }) {
  return (
    <ErrorPanel
      title={title}
      message={error.message}
      requestId={error instanceof ApiError ? error.requestId : null}
      onRetry={onRetry}
    />
  );
}
