import { AccountPage } from "@/components/account/account-page";
import { tokensQuery } from "@/components/account/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { UserShell } from "@/components/shell/user-shell";
import { listTokens } from "@/lib/accounts";
import { openUser } from "../open";

export const metadata = { title: "Account" };

export default async function Page() {
  const { context, user } = await openUser();
  const tokens = await listTokens(context, { token: null });
  return (
    <UserShell user={user}>
      <Seeded seeds={[seed(tokensQuery(), tokens)]}>
        <AccountPage user={user} />
      </Seeded>
    </UserShell>
  );
}
