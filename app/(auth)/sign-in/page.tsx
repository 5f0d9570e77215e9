import Link from "next/link";
import { redirect } from "next/navigation";
import { ProviderButtons } from "@/components/accounts/provider-buttons";
import { SignInForm } from "@/components/accounts/sign-in-form";
import { whySignUpIsClosed } from "@/lib/accounts";
import { outsideProviders } from "@/lib/auth/options";
import { ownPath } from "@/lib/http/own-path";
import { signedIn } from "../../signed-in";

export const metadata = { title: "Sign in" };

interface Search {
  from?: string;
  ended?: string;
  error?: string;
}

/** next-auth's codes, and ours, in words. */
async function noticeOf({ error, ended }: Search): Promise<string | undefined> {
  if (error === "SignUpClosed") return (await whySignUpIsClosed()) ?? undefined;
  if (error === "NoEmail") return "The provider gave no e-mail address. Make one public there, or sign in by password.";
  if (error === "EmailNotVerified")
    return "The provider has not verified your e-mail address. Verify it there, or sign in by password.";
  if (error === "AccessDenied") return "The provider did not let you in.";
  if (error) return "Signing in there did not work. Try again, or sign in by password.";
  return ended ? "Your session has ended. Sign in to go on where you were." : undefined;
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const from = ownPath(search.from, "/projects");
  if (await signedIn()) redirect(from);
  const query = search.from ? `?${new URLSearchParams({ from })}` : "";
  return (
    <>
      <h1 className="font-semibold text-2xl">Sign in</h1>
      <p className="mt-1 mb-6 text-ink-soft text-sm">
        New here?{" "}
        <Link href={`/sign-up${query}`} className="font-medium text-accent underline-offset-2 hover:underline">
          Create an account
        </Link>
      </p>
      <SignInForm from={from} notice={await noticeOf(search)} />
      <ProviderButtons providers={outsideProviders()} from={from} />
    </>
  );
}
