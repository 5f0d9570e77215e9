import type { Metadata } from "next";
import Link from "next/link";
import { SignUpForm } from "@/components/accounts/sign-up-form";
import { JoinButton } from "@/components/members/join-button";
import { roleHelp } from "@/components/members/role-help";
import { buttonClass } from "@/components/ui/button";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { showInvite } from "@/lib/members";
import { signedIn } from "../../../signed-in";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

async function offered(token: string) {
  try {
    return await showInvite({ requestId: newId("request"), address: "" }, { token });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invite, reader] = await Promise.all([offered(token), signedIn()]);
  if (!invite) {
    return (
      <>
        <h1 className="font-semibold text-2xl">This invitation is over</h1>
        <p className="mt-1 mb-6 text-ink-soft text-sm">
          It was taken up or taken back, or it has expired. Ask whoever sent it for a new one.
        </p>
        <Link href={reader ? "/projects" : "/sign-in"} className={buttonClass({}, "self-start")}>
          {reader ? "Your projects" : "Sign in"}
        </Link>
      </>
    );
  }
  const signInHref = `/sign-in?${new URLSearchParams({ from: `/invite/${token}` })}`;
  const linkClass = "font-medium text-accent underline-offset-2 hover:underline";
  return (
    <>
      <h1 className="font-semibold text-2xl">Join {invite.project}</h1>
      <p className="mt-1 mb-6 text-ink-soft text-sm">
        {invite.invitedBy ?? "An admin"} invites {invite.email ?? "you"} as <strong>{invite.role}</strong>:{" "}
        {roleHelp[invite.role].toLowerCase()}.
      </p>
      {reader ? (
        <JoinButton token={token} project={invite.project} as={reader.user.email} />
      ) : (
        <>
          <p className="mb-4 text-ink-soft text-sm">
            Have an account?{" "}
            <Link href={signInHref} className={linkClass}>
              Sign in
            </Link>{" "}
            to join with it. Or create one:
          </p>
          <SignUpForm from="/projects" invite={token} {...(invite.email && { email: invite.email })} />
        </>
      )}
    </>
  );
}
