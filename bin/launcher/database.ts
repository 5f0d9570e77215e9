import { createHmac } from "node:crypto";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql } from "postgres";
import { StartFailed } from "./settings";

const databaseName = "millrace";
const applicationRole = "millrace_app";

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** The embedded server starts empty. @returns the address of the product's own database */
export async function ensureDatabase(adminUrl: string): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (found.length === 0) await sql.unsafe(`create database ${databaseName}`);
  } finally {
    await sql.end();
  }
  return withDatabase(adminUrl, databaseName);
}

interface RoleFacts {
  name: string;
  isSuperuser: boolean;
  bypasses: boolean;
  mayCreateRoles: boolean;
}

async function currentRole(sql: Sql): Promise<RoleFacts> {
  const [row] = await sql<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean }[]>`
    select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user`;
  if (!row) throw new Error("the current role is not listed");
  return {
    name: row.rolname,
    isSuperuser: row.rolsuper,
    bypasses: row.rolbypassrls,
    mayCreateRoles: row.rolcreaterole,
  };
}

/**
 * Migrates, and finds the role that the application connects as: one that row security binds. With the right to make
 * roles, one is made that owns nothing; without it the given role serves, if it cannot bypass row security.
 * @returns the address that web and worker get
 */
export async function prepareDatabase(url: string, secret: string, projectRoot: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // Two launchers on one database migrate one after the other.
    await sql`select pg_advisory_lock(hashtext('millrace.migrate'))`;
    await migrate(drizzle(sql), { migrationsFolder: join(projectRoot, "drizzle", "migrations") });
    const role = await currentRole(sql);
    if (role.isSuperuser || role.mayCreateRoles) return await ensureApplicationRole(sql, url, secret);
    if (!role.bypasses) return url;
    throw new StartFailed(
      `The role ${role.name} of DATABASE_URL bypasses row security, which keeps projects apart.`,
      `Use a role without BYPASSRLS, or one that may create roles.`,
    );
  } finally {
    await sql.end();
  }
}

async function ensureApplicationRole(sql: Sql, url: string, secret: string): Promise<string> {
  // Derived, so that a restart and another machine know it too.
  const password = createHmac("sha256", secret).update("database-role").digest("base64url");
  const exists = await sql`select 1 from pg_roles where rolname = ${applicationRole}`;
  const verb = exists.length === 0 ? "create" : "alter";
  await sql.unsafe(
    `${verb} role ${applicationRole} login nosuperuser nobypassrls nocreaterole nocreatedb password '${password}'`,
  );
  await sql.unsafe(`
    grant usage on schema public to ${applicationRole};
    grant select, insert, update, delete on all tables in schema public to ${applicationRole};
    grant usage, select on all sequences in schema public to ${applicationRole};
  `);
  const changed = new URL(url);
  changed.username = applicationRole;
  changed.password = password;
  return changed.toString();
}
