import { type Builtin, builtins } from "@/lib/actions";
import { notFound } from "@/lib/errors";

/** What a project may add: all that comes with Millrace but what each project has from the start. */
export async function catalogueEntries(): Promise<Builtin[]> {
  return (await builtins()).filter((builtin) => builtin.interface.language !== "internal");
}

/** @throws AppError `not_found` */
export async function findEntry(id: string): Promise<Builtin> {
  const found = (await catalogueEntries()).find((entry) => entry.interface.id === id);
  if (!found) throw notFound(`The action ${id} of the catalogue`);
  return found;
}
