"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { IconButton } from "./button";
import { cn } from "./cn";
import type { DialogProps } from "./dialog";

const widths = { sm: "sm:max-w-md", md: "sm:max-w-xl", lg: "sm:max-w-3xl" } as const;

/** A window over the page; at phone width it rises from the lower edge. */
export default function DialogWindow({ onClose, title, description, size = "sm", children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-[oklch(0.15_0.02_240/0.45)] backdrop-blur-[2px]" />
        <Radix.Content
          {...(!description && { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-xl border border-line bg-raised shadow-dialog outline-none sm:inset-x-4 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[76dvh] sm:rounded-xl",
            widths[size],
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-ink-soft text-sm">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mt-1 -mr-2">
                <X size={16} />
              </IconButton>
            </Radix.Close>
          </header>
          {/* A flex column, so that bodies may scroll and footers stay. */}
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-5 pt-4 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
