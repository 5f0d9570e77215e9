import Link from "next/link";
import { AccountPage } from "@/components/account/account-page";
import { tokensQuery } from "@/components/account/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { AccountMenu } from "@/components/shell/account-menu";
import { Brand } from "@/components/shell/brand";
import { listTokens } from "@/lib/accounts";
import { openUser } from "../open";

export const metadata = { title: "Account" };

export default async function Page() {
  const { context, user } = await openUser();
  const tokens = await listTokens(context, { token: null });
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-4 py-5 sm:px-6">
      <header className="mb-10 flex items-center justify-between">
        <Link href="/projects" aria-label="Millrace: all projects">
          <Brand />
        </Link>
        <AccountMenu user={user} isCompact />
      </header>
      <main>
        <Seeded seeds={[seed(tokensQuery(), tokens)]}>
          <AccountPage user={user} />
        </Seeded>
      </main>
    </div>
  );
}
