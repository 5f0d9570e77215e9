import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Contract } from "@/lib/http/contract";

const root = resolve(import.meta.dirname, "../..");

function* filesNamed(folder: string, name: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesNamed(path, name);
    else if (entry.name === name) yield path;
  }
}

function isContract(value: unknown): value is Contract {
  return typeof value === "object" && value !== null && "operationId" in value && "path" in value;
}

/** Every operation of the management API, from the contracts themselves: a new one is tested without being named. */
export async function allContracts(): Promise<Contract[]> {
  const contracts: Contract[] = [];
  for (const file of filesNamed(join(root, "lib"), "contract.ts")) {
    const exported = (await import(file)) as Record<string, unknown>;
    contracts.push(...Object.values(exported).filter(isContract));
  }
  return contracts.sort((left, right) => (left.operationId < right.operationId ? -1 : 1));
}

/** `GET /api/v1/…` of every route file, with parameters as contracts write them. */
export function exportedRoutes(): string[] {
  const app = join(root, "app");
  const routes: string[] = [];
  for (const file of filesNamed(join(app, "api", "v1"), "route.ts")) {
    const path = `/${relative(app, join(file, "..")).replace(/\[(\w+)\]/g, "{$1}")}`;
    for (const [, method] of readFileSync(file, "utf8").matchAll(
      /^export (?:const|async function|function) ([A-Z]+)\b/gm,
    ))
      routes.push(`${method} ${path}`);
  }
  return routes.sort();
}

const bodies: Record<string, (who: string) => object> = {
  createKey: (who) => ({ name: `key of ${who}` }),
  setVariable: () => ({ value: "x" }),
  // An empty zip.
  tryAction: () => ({ package: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" }),
  grantNetwork: () => ({ policy: "on" }),
  redeliverEvents: () => ({ events: ["evt_0"] }),
  createWorkflow: () => ({ name: "by a role" }),
  cancelRuns: () => ({ filter: { text: "nothing like it" } }),
  replayRuns: () => ({ filter: { text: "nothing like it" } }),
  deleteRuns: () => ({ filter: { text: "nothing like it" } }),
  createInvite: () => ({ role: "viewer" }),
  changeMemberRole: () => ({ role: "viewer" }),
  addSource: (who) => ({ url: `https://127.0.0.1/of-a-${who.toLowerCase().replace(/[^a-z]/g, "")}.git` }),
  importFromSource: () => ({ all: true }),
};

/** A JSON body that passes the contract, where `{}` does not. */
export function validBody(contract: Contract, who: string): object {
  return bodies[contract.operationId]?.(who) ?? {};
}

/** The operation's address with its parameters filled in. */
export function addressOf(contract: Contract, params: Record<string, string>): string {
  return contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? "x"));
}
