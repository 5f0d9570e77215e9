import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button";

export const metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <MessagePage
      title="There is nothing here"
      actions={
        <Link href="/projects" className={buttonClass({ look: "primary" })}>
          Your projects
        </Link>
      }
    >
      The address is wrong, what stood here was deleted, or it belongs to a project that you are not a member of.
    </MessagePage>
  );
}
