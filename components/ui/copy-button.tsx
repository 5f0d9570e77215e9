"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps, IconButton } from "./button";
import { copyText } from "./copy-text";

const shownMs = 1_500;

/** Copies, and remembers for a moment that it did. */
function useCopy(text: string): { isCopied: boolean; copy: () => void } {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => void copyText(text).then(setCopied);
  return { isCopied, copy };
}

/** `what` names the thing: “Copy run id”. */
export function CopyButton({ text, what, className }: { text: string; what: string; className?: string }) {
  const { isCopied, copy } = useCopy(text);
  return (
    <IconButton label={isCopied ? "Copied" : `Copy ${what}`} size="sm" onClick={copy} {...(className && { className })}>
      {isCopied ? <Check size={13} className="text-completed" /> : <Copy size={13} />}
    </IconButton>
  );
}

/** The same with words, where copying is what the reader has come for. */
export function CopyTextButton({ text, label, ...rest }: { text: string; label: string } & Omit<ButtonProps, "icon">) {
  const { isCopied, copy } = useCopy(text);
  return (
    <Button {...rest} icon={isCopied ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
      {isCopied ? "Copied" : label}
    </Button>
  );
}
