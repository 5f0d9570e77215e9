import { cn } from "@/components/ui/cn";

function colorOf(status: number): string {
  if (status >= 500) return "text-failed";
  if (status >= 400) return "text-warning";
  return "text-completed";
}

export function HttpStatus({ status }: { status: number | null }) {
  if (status === null) return null;
  return <span className={cn("tabular font-medium font-mono text-xs", colorOf(status))}>{status}</span>;
}
