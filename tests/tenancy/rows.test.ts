import type { Sql, TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectAsApplication, withProjects } from "../support/database";
import { type Furnished, furnish } from "../support/furnished";
import { TestProject } from "../support/project";

const sql: Sql = connectAsApplication();
afterAll(() => sql.end());

/** Every table that holds something of a project, from the catalogue: a new one is tested without being named. */
const tables = await sql<
  { name: string; column: string; secured: boolean; forced: boolean; policies: number; owned: boolean }[]
>`
  select class.relname as name, attribute.attname as column, class.relrowsecurity as secured, class.relforcerowsecurity as forced,
    (select count(*)::int from pg_policy where polrelid = class.oid) as policies, pg_get_userbyid(class.relowner) = current_user as owned
  from pg_class class
  join pg_namespace namespace on namespace.oid = class.relnamespace and namespace.nspname = 'public'
  join pg_attribute attribute on attribute.attrelid = class.oid and not attribute.attisdropped
    and attribute.attname = case when class.relname = 'projects' then 'id' else 'project_id' end
  where class.relkind in ('r', 'p') order by 1`;
const named = tables.map((table) => [table.name, table] as const);

let owner: Furnished;
let stranger: TestProject;
beforeAll(async () => {
  [owner, stranger] = await Promise.all([furnish(), TestProject.create()]);
});

type Table = (typeof tables)[number];
const countOf = async (tx: TransactionSql, { name, column }: Table) => {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from ${tx(name)} where ${tx(column)} = ${owner.project.id}`;
  return row?.count;
};

/** With another project opened, with none, and with what might be mistaken for a wildcard. */
const openings: [string, () => string[]][] = [
  ["another project opened", () => [stranger.id]],
  ["no project opened", () => []],
  ["a wildcard for a project", () => ["%", "*", "{}", "null"]],
];

describe("the role that the application connects as", () => {
  it("cannot pass over row security, by itself or by another role", async () => {
    const [role] = await sql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
        (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships
      from pg_roles where rolname = current_user`;
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      memberships: 0,
    });
    await expect(sql`set role postgres`).rejects.toThrow(/permission denied/);
    await expect(sql`alter table runs disable row level security`).rejects.toThrow(/must be owner/);
  });

  it.each(named)("does not own %s, whose row security is on, and on for its owner too", (_, table) => {
    expect(table).toMatchObject({ secured: true, forced: true, owned: false });
    expect(table.policies).toBeGreaterThan(0);
  });
});

it("finds the tables that there are", () => {
  expect(tables.map((table) => table.name)).toEqual(
    expect.arrayContaining([
      "api_keys",
      "memberships",
      "projects",
      "runs",
      "step_logs",
      "steps",
      "variables",
      "workflows",
    ]),
  );
});

describe.each(named)("%s", (name, table) => {
  it("holds rows of the project, for what follows to mean something", async () => {
    expect(await withProjects(sql, [owner.project.id], (tx) => countOf(tx, table))).toBeGreaterThan(0);
  });

  it.each(openings)("shows nothing, changes nothing and loses nothing with %s", async (_, projects) => {
    const { column } = table;
    await withProjects(sql, projects(), async (tx) => {
      expect(await countOf(tx, table)).toBe(0);
      const changed =
        await tx`update ${tx(name)} set ${tx(column)} = ${tx(column)} where ${tx(column)} = ${owner.project.id}`;
      const deleted = await tx`delete from ${tx(name)} where ${tx(column)} = ${owner.project.id}`;
      expect([changed.count, deleted.count]).toEqual([0, 0]);
    });
    expect(await withProjects(sql, [owner.project.id], (tx) => countOf(tx, table))).toBeGreaterThan(0);
  });

  it.each(openings)("takes in no row of the project with %s", async (_, projects) => {
    const [row] = await withProjects(
      sql,
      [owner.project.id],
      (tx) =>
        tx<{ row: string }[]>`
        select row_to_json(found)::text as row from ${tx(name)} found where ${tx(table.column)} = ${owner.project.id} limit 1`,
    );
    const insert = withProjects(
      sql,
      projects(),
      (tx) =>
        tx`insert into ${tx(name)} select * from json_populate_record(null::${tx(name)}, ${row?.row ?? ""}::text::json)`,
    );
    await expect(insert).rejects.toThrow(/violates row-level security policy/);
  });

  it("lets no row go over to another project", async () => {
    const move = withProjects(
      sql,
      [owner.project.id],
      (tx) =>
        tx`update ${tx(name)} set ${tx(table.column)} = ${stranger.id} where ${tx(table.column)} = ${owner.project.id}`,
    );
    await expect(move).rejects.toThrow(/violates row-level security policy/);
  });
});

it("a person's own view shows their memberships and projects, and changes none", async () => {
  const asUser = <T>(run: (tx: TransactionSql) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`select set_config('millrace.user_id', ${stranger.admin.userId}, true)`;
      return run(tx);
    });
  const seen = await asUser((tx) => tx`select id from projects`);
  expect(seen.map((row) => row.id)).toEqual([stranger.id]);
  expect(await asUser((tx) => tx`select id from runs`)).toHaveLength(0);
  const promotion = asUser(
    (tx) => tx`
    insert into memberships (project_id, user_id, role) values (${owner.project.id}, ${stranger.admin.userId}, 'admin')`,
  );
  await expect(promotion).rejects.toThrow(/violates row-level security policy/);
  const demotion = asUser((tx) => tx`update memberships set role = 'viewer' where user_id = ${stranger.admin.userId}`);
  await expect(demotion).rejects.toThrow(/violates row-level security policy/);
});
