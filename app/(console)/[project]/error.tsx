"use client";
import { ErrorPanel } from "@/components/ui/error-panel";

export default function ErrorInProject({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <ErrorPanel
      title="This page could not be shown"
      message="Something went wrong on our side, or the server cannot be reached just now."
      requestId={error.digest}
      onRetry={retry}
    />
  );
}
