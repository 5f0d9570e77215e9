import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { bareEnvironment } from "./environment";

const run = promisify(execFile);

export interface Interpreter {
  /** Absolute path of the program itself, past shims and virtual environments. */
  path: string;
  /** `3.11.7` */
  version: string;
  /** Folder that holds its standard library and must be visible in the sandbox. */
  prefix: string;
}

const oldestPython: [number, number] = [3, 9];
const askPython = `import sys,os,json
base=getattr(sys,"_base_executable",None) or sys.executable
print(json.dumps({"path":os.path.realpath(base),"version":"%d.%d.%d"%sys.version_info[:3],"prefix":os.path.realpath(sys.base_prefix)}))`;

async function describePython(program: string): Promise<Interpreter | null> {
  try {
    const { stdout } = await run(program, ["-I", "-c", askPython], {
      timeout: 5_000,
      env: bareEnvironment({ PATH: process.env.PATH ?? "" }),
    });
    return JSON.parse(stdout) as Interpreter;
  } catch {
    return null;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1]);
}

function candidates(): string[] {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
  const versioned = new Set<string>();
  for (const folder of new Set(folders.filter(Boolean))) {
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch {
      continue;
    }
    for (const name of names) if (/^python3\.\d+$/.test(name)) versioned.add(join(folder, name));
  }
  return ["python3", "/usr/bin/python3", ...versioned];
}

export interface FoundPythons {
  /** Usable ones, the platform's default first; one per minor version. */
  usable: Interpreter[];
  /** Why there is none, when there is none. */
  reason: string | null;
}

/** The Python interpreters of this machine. The `python3` on the PATH is the default where it is new enough. */
export async function findPythons(): Promise<FoundPythons> {
  const found: Interpreter[] = [];
  const tooOld = new Set<string>();
  for (const interpreter of await Promise.all(candidates().map(describePython))) {
    if (!interpreter) continue;
    if (!isNewEnough(interpreter.version)) tooOld.add(interpreter.version);
    else if (!found.some((known) => minorOf(known.version) === minorOf(interpreter.version))) found.push(interpreter);
  }
  const least = oldestPython.join(".");
  const reason =
    tooOld.size > 0
      ? `Python ${least} or later is needed; found only ${[...tooOld].join(", ")}.`
      : `No Python was found. Install Python ${least} or later, for example with: apt-get install python3`;
  return { usable: found, reason: found.length > 0 ? null : reason };
}

/** `3.11` of `3.11.7` */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
