import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { table } from "@/bin/cli/table";
import { type Instance, instanceFile } from "@/bin/launcher/instance-file";
import { readSecrets } from "@/bin/launcher/secrets";
import { closeDatabase } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { setCaps } from "@/lib/limits";
import { formatLimit, parseLimitChanges } from "@/lib/limits/limit-text";

const usage = `Usage: npm run limits -- PROJECT [NAME=VALUE …]
Shows what this instance allows a project, or changes it: a number, a size such as 2G, or default.
Example: npm run limits -- a1b2c3d4e5 memoryBytes=8G openRuns=50000 storageBytes=default`;

const status = { failed: 1, usage: 2 } as const;

/** Whoever may read the state folder of a running instance is its operator. */
function openInstance(): void {
  const home = resolve(process.env.MILLRACE_HOME ?? ".millrace");
  const instance = JSON.parse(readFileSync(instanceFile(home), "utf8")) as Instance;
  process.env.DATABASE_URL = instance.databaseUrl;
  process.env.MILLRACE_SECRET ??= readSecrets(home).secret;
}

async function main([projectId, ...pairs]: string[]): Promise<number> {
  if (!projectId || projectId.startsWith("-")) {
    process.stderr.write(`${usage}\n`);
    return status.usage;
  }
  try {
    const changes = parseLimitChanges(pairs);
    openInstance();
    const limits = await setCaps(projectId, changes);
    const rows = limits.map(({ name, cap, value }) => [name, formatLimit(name, cap), formatLimit(name, value)]);
    process.stdout.write(`${table(["LIMIT", "ALLOWED", "HOLDS"], rows)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return status.failed;
  } finally {
    await closeDatabase();
  }
}

process.exitCode = await main(process.argv.slice(2));
