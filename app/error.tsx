"use client";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { Button, buttonClass } from "@/components/ui/button";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button look="primary" onClick={retry}>
            Try again
          </Button>
          <Link href="/projects" className={buttonClass()}>
            Your projects
          </Link>
        </>
      }
    >
      Something went wrong on our side, or the server cannot be reached just now.
      {error.digest && <p className="mt-3 font-mono text-ink-faint text-xs">error {error.digest}</p>}
    </MessagePage>
  );
}
