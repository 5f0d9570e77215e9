import { join, resolve } from "node:path";
import { listFiles, zipFiles } from "@/lib/archives";

const root = resolve(import.meta.dirname, "../fixtures/packages");

/** A package as a user would write it; `tests/fixtures/packages` holds them. */
export function fixturePath(name: string): string {
  return join(root, name);
}

/** These packages in one zip, a folder each. */
export async function zipFixtures(names: string[]): Promise<Buffer<ArrayBuffer>> {
  const files = await Promise.all(names.map((name) => listFiles(fixturePath(name), `${name}/`)));
  const chunks: Buffer[] = [];
  for await (const chunk of zipFiles(files.flat())) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
