import type { ReactNode } from "react";
import { Brand } from "./brand";

/** A page that has only one thing to say. */
export function MessagePage({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-8 p-6 text-center">
      <Brand />
      <div className="flex max-w-md flex-col items-center gap-3">
        <h1 className="font-semibold text-2xl">{title}</h1>
        <div className="text-balance text-ink-soft">{children}</div>
        {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
      </div>
    </main>
  );
}
