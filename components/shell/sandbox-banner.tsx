import { ShieldAlert } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { CopyButton } from "@/components/ui/copy-button";
import { isIsolated, type SandboxReport } from "@/lib/fleet/sandbox-level";

/** Says how weakly this instance keeps actions apart, what that means, and how to mend it; it cannot be put away. */
export function SandboxBanner({ report }: { report: SandboxReport | null }) {
  if (!report || isIsolated(report.level)) return null;
  return (
    <Banner tone="warning" icon={<ShieldAlert size={16} />}>
      <p className="font-medium">
        Isolation level {report.level}. {report.meaning}
      </p>
      {report.reason && <p className="mt-0.5 text-ink-soft">{report.reason}</p>}
      {report.fix && (
        <p className="mt-2 flex flex-wrap items-center gap-2">
          <span className="text-ink-soft">To mend it:</span>
          <code className="rounded-sm bg-surface px-2 py-0.5 font-mono text-xs">{report.fix}</code>
          <CopyButton text={report.fix} what="the command" />
        </p>
      )}
    </Banner>
  );
}
