"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";

const DialogWindow = dynamic(() => import("./dialog-window"));

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  size?: "sm" | "md" | "lg";
  children?: ReactNode;
}

/** A window over the page, whose code is loaded when the first one opens. */
export function Dialog(props: DialogProps) {
  return props.isOpen ? <DialogWindow {...props} /> : null;
}

/** The buttons under a dialog's body; the first is the one to press. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-row-reverse flex-wrap gap-2">{children}</div>;
}
