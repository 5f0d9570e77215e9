import { createHmac } from "node:crypto";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { StartFailed } from "./settings";

const databaseName = "millrace";
const applicationRole = "millrace_app";
const connectPatienceMs = 10_000;

/** Connects for as long as `run` takes. */
async function connected<T>(url: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectPatienceMs });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** The embedded server starts empty. @returns the address of the product's own database */
export async function ensureDatabase(adminUrl: string): Promise<string> {
  await connected(adminUrl, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  });
  return withDatabase(adminUrl, databaseName);
}

interface RoleFacts {
  name: string;
  isSuperuser: boolean;
  bypasses: boolean;
  mayCreateRoles: boolean;
}

async function currentRole(client: Client): Promise<RoleFacts> {
  const { rows } = await client.query<{
    rolname: string;
    rolsuper: boolean;
    rolbypassrls: boolean;
    rolcreaterole: boolean;
  }>("select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user");
  const [row] = rows;
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
  return connected(url, async (client) => {
    // Two launchers on one database migrate one after the other.
    await client.query("select pg_advisory_lock(hashtext('millrace.migrate'))");
    await migrate(drizzle({ client }), { migrationsFolder: join(projectRoot, "drizzle", "migrations") });
    const role = await currentRole(client);
    if (role.isSuperuser || role.mayCreateRoles) return ensureApplicationRole(client, url, secret);
    if (!role.bypasses) return url;
    throw new StartFailed(
      `The role ${role.name} of DATABASE_URL bypasses row security, which keeps projects apart.`,
      `Use a role without BYPASSRLS, or one that may create roles.`,
    );
  });
}

async function ensureApplicationRole(client: Client, url: string, secret: string): Promise<string> {
  // Derived, so that a restart and another machine know it too.
  const password = createHmac("sha256", secret).update("database-role").digest("base64url");
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [applicationRole]);
  const verb = rowCount === 0 ? "create" : "alter";
  await client.query(
    `${verb} role ${applicationRole} login nosuperuser nobypassrls nocreaterole nocreatedb password '${password}'`,
  );
  await client.query(`
    grant usage on schema public to ${applicationRole};
    grant select, insert, update, delete on all tables in schema public to ${applicationRole};
    grant usage, select on all sequences in schema public to ${applicationRole};
  `);
  const changed = new URL(url);
  changed.username = applicationRole;
  changed.password = password;
  return changed.toString();
}
