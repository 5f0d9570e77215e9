import { MessagePage } from "@/components/shell/message-page";

export const metadata = { title: "Not found" };

/** Whoever comes here was sent a link, and has no account that would help. */
export default function FormNotFoundPage() {
  return (
    <MessagePage title="This form is closed">
      It is not taking answers any more, or the address is wrong. Ask whoever sent you the link.
    </MessagePage>
  );
}
