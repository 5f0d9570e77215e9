import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SupervisedChild } from "./child";

/** What a running instance consists of, for operators and scripts; `run/instance.json` of the state folder. */
export interface Instance {
  url: string;
  /** The application role's connection. */
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
  /** Process ids by name; a process that is being started again is missing. */
  pids: Record<string, number>;
}

export function instanceFile(home: string): string {
  return join(home, "run", "instance.json");
}

/** Writes the file anew; it names a password, so only its owner may read it. */
export function writeInstanceFile(home: string, facts: Omit<Instance, "pids">, children: SupervisedChild[]): void {
  const pids = Object.fromEntries(children.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid]])));
  const path = instanceFile(home);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify({ ...facts, pids } satisfies Instance, null, 2)}\n`, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
}

export function removeInstanceFile(home: string): void {
  rmSync(instanceFile(home), { force: true });
}
