import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { userUseCase } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { findEntry } from "./find-entry";

const keptSeconds = 24 * 60 * 60;

export const readCatalogueLogo = userUseCase(async (_, input: { id: string }): Promise<Response> => {
  const entry = await findEntry(input.id);
  if (!entry.interface.logo) throw notFound(`The logo of ${input.id}`);
  const bytes = await readFile(join(entry.folder, entry.interface.logo));
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "image/png",
      "Cache-Control": `private, max-age=${keptSeconds}`,
      "X-Content-Type-Options": "nosniff",
    },
  });
});
