import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { listFiles, zipFiles } from "@/lib/archives";
import type { JsonSchema } from "@/lib/values/json-schema/document";
import type { StoredInline } from "@/lib/values/stored-schema";
import type { IoType } from "@/lib/values/types";

interface IoSpec {
  type: IoType;
  optional?: boolean;
  default_value?: StoredInline;
  enum_values?: string[];
  schema?: JsonSchema;
}

export interface PackageSpec {
  id: string;
  version?: string;
  kind?: "Source" | "Processor" | "Publisher";
  type?: "python3" | "nodejs";
  inputs?: Record<string, IoType | IoSpec>;
  outputs?: Record<string, IoType | IoSpec>;
  /** The handler's file. */
  code: string;
  /** Further files by path. */
  files?: Record<string, string>;
  /** Further keys of `spec`. */
  spec?: Record<string, unknown>;
}

function ioOf(declared: Record<string, IoType | IoSpec> = {}): object[] {
  return Object.entries(declared).map(([name, io]) => {
    const { type, ...more } = typeof io === "string" ? { type: io } : io;
    return { name, human_name: name, help: "", type, ...more };
  });
}

/** The files of a package that does what `code` says. */
export function filesOf({
  id,
  version = "1.0",
  kind,
  type = "python3",
  inputs,
  outputs,
  code,
  files,
  spec,
}: PackageSpec) {
  const metadata = {
    apiVersion: "ryax.tech/v2.0",
    kind: kind ?? "Processor",
    spec: { id, human_name: `Test ${id}`, type, version, inputs: ioOf(inputs), outputs: ioOf(outputs), ...spec },
  };
  const entry = `${kind === "Source" ? "ryax_run" : "ryax_handler"}.${type === "nodejs" ? "js" : "py"}`;
  return { "ryax_metadata.yaml": stringify(metadata, { version: "1.1" }), [entry]: code, ...files };
}

export async function writeFiles(folder: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

/** What `millrace action push` sends of a folder. */
export async function zipFolder(folder: string): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipFiles(await listFiles(folder))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Calls `use` with a folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-test-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Calls `use` with a folder that holds these packages, one folder each. */
export function withPackages<T>(specs: PackageSpec[], use: (folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    for (const spec of specs) await writeFiles(join(folder, `${spec.id}-${spec.version ?? "1.0"}`), filesOf(spec));
    return use(folder);
  });
}
