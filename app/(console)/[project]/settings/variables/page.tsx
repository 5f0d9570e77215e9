import { Seeded, seed } from "@/components/query/seeded";
import { variablesQuery } from "@/components/settings/queries";
import { VariablesPage } from "@/components/settings/variables-page";
import { listVariables } from "@/lib/variables";
import { openProjectPage, orNotFound } from "../../../open";

export const metadata = { title: "Variables" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  const variables = await orNotFound(listVariables(ctx, undefined));
  return (
    <Seeded seeds={[seed(variablesQuery(ctx.project.id), variables)]}>
      <VariablesPage />
    </Seeded>
  );
}
