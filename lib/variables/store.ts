import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { variables } from "@/drizzle/schema";
import { readableJson, type Transaction } from "@/lib/db";
import { type IoType, ioTypes, type StoredValue, storedValueSchema } from "@/lib/values";

type Row = typeof variables.$inferSelect;
export type VariableRow = Omit<Row, "value" | "type"> & { value: StoredValue; type: IoType };

function parse(row: Row): VariableRow {
  return {
    ...row,
    value: storedValueSchema.parse(row.value),
    type: ioTypes.find((type) => type === row.type) ?? "string",
  };
}

export async function upsertVariable(
  tx: Transaction,
  variable: Omit<typeof variables.$inferInsert, "updatedAt">,
): Promise<VariableRow> {
  const { type, secret, value, description } = variable;
  const [row] = await tx
    .insert(variables)
    .values(variable)
    .onConflictDoUpdate({
      target: [variables.projectId, variables.name],
      set: { type, secret, value, ...(description !== undefined && { description }), updatedAt: new Date() },
    })
    .returning();
  if (!row) throw new Error("the variable was not written");
  return parse(row);
}

export async function listVariableRows(tx: Transaction, projectId: string): Promise<VariableRow[]> {
  const rows = await tx.select().from(variables).where(eq(variables.projectId, projectId)).orderBy(asc(variables.name));
  return rows.map(parse);
}

export async function findVariables(tx: Transaction, projectId: string, names: string[]): Promise<VariableRow[]> {
  if (names.length === 0) return [];
  const rows = await tx
    .select()
    .from(variables)
    .where(and(eq(variables.projectId, projectId), inArray(variables.name, names)));
  return rows.map(parse);
}

export async function deleteVariableRow(tx: Transaction, projectId: string, name: string): Promise<boolean> {
  const rows = await tx
    .delete(variables)
    .where(and(eq(variables.projectId, projectId), eq(variables.name, name)))
    .returning({ name: variables.name });
  return rows.length > 0;
}

/** Names of the workflows whose draft or live version reads the variable. */
export async function findUsesOfVariable(tx: Transaction, projectId: string, name: string): Promise<string[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select workflows.name from workflows
    left join workflow_versions live on live.id = workflows.live_version_id
    where workflows.project_id = ${projectId} and exists (
      select 1
      from (values (workflows.definition), (live.definition)) as source (definition),
        json_array_elements(${readableJson(sql`source.definition`)} -> 'nodes') node,
        json_each(node -> 'inputs') input
      where input.value ->> 'variable' = ${name}
    )
  `);
  return rows.map((row) => row.name);
}
