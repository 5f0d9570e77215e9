import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

/** Sends a form that leads to another page: not before this page is alive, and busy until the other one is there. */
export function PageSubmit({
  sending,
  className,
  children,
}: {
  sending: { isPending: boolean; isSuccess: boolean };
  className?: string;
  children: ReactNode;
}) {
  const isHydrated = useIsHydrated();
  return (
    <Button
      type="submit"
      look="primary"
      size="lg"
      disabled={!isHydrated}
      isBusy={sending.isPending || sending.isSuccess}
      {...(className && { className })}
    >
      {children}
    </Button>
  );
}
