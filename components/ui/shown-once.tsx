import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "./banner";
import { Button } from "./button";
import { CopyTextButton } from "./copy-button";
import { DialogActions } from "./dialog";

interface ShownOnceProps {
  icon: LucideIcon;
  text: string;
  copyLabel: string;
  onClose: () => void;
  /** What to do with it. */
  children: ReactNode;
}

/** What a dialog has made and can never show again. */
export function ShownOnce({ icon: Icon, text, copyLabel, onClose, children }: ShownOnceProps) {
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="info" icon={<Icon size={16} />}>
        {children} It cannot be shown again.
      </Banner>
      <code className="break-all rounded-lg border border-line bg-sunken p-3 font-mono text-xs">{text}</code>
      <DialogActions>
        <CopyTextButton look="primary" text={text} label={copyLabel} />
        <Button onClick={onClose}>Done</Button>
      </DialogActions>
    </div>
  );
}
