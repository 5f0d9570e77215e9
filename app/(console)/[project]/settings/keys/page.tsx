import { Seeded, seed } from "@/components/query/seeded";
import { KeysPage } from "@/components/settings/keys-page";
import { keysQuery } from "@/components/settings/queries";
import { listKeys } from "@/lib/keys";
import { openProjectPage, orNotFound } from "../../../open";

export const metadata = { title: "API keys" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  const keys = await orNotFound(listKeys(ctx, undefined));
  return (
    <Seeded seeds={[seed(keysQuery(ctx.project.id), keys)]}>
      <KeysPage />
    </Seeded>
  );
}
