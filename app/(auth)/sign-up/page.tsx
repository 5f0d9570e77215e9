import { Lock } from "lucide-react";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ProviderButtons } from "@/components/accounts/provider-buttons";
import { SignUpForm } from "@/components/accounts/sign-up-form";
import { Banner } from "@/components/ui/banner";
import { whySignUpIsClosed } from "@/lib/accounts";
import { outsideProviders } from "@/lib/auth/options";
import { ownPath } from "@/lib/http/own-path";
import { signedIn } from "../../signed-in";

export const metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ from?: string }> }) {
  const search = await searchParams;
  const from = ownPath(search.from, "/projects");
  if (await signedIn()) redirect(from);
  const closed = await whySignUpIsClosed();
  const query = search.from ? `?${new URLSearchParams({ from })}` : "";
  return (
    <>
      <h1 className="font-semibold text-2xl">Create an account</h1>
      <p className="mt-1 mb-6 text-ink-soft text-sm">
        Have one already?{" "}
        <Link href={`/sign-in${query}`} className="font-medium text-accent underline-offset-2 hover:underline">
          Sign in
        </Link>
      </p>
      {closed ? (
        <Banner tone="warning" icon={<Lock size={16} />}>
          {closed}
        </Banner>
      ) : (
        <>
          <SignUpForm from={from} />
          <ProviderButtons providers={outsideProviders()} from={from} />
        </>
      )}
    </>
  );
}
