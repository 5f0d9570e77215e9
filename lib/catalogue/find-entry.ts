import { type Builtin, offeredBuiltins } from "@/lib/actions";
import { notFound } from "@/lib/errors";

/** @throws AppError `not_found` */
export async function findEntry(id: string): Promise<Builtin> {
  const found = (await offeredBuiltins()).find((entry) => entry.interface.id === id);
  if (!found) throw notFound(`The action ${id} of the catalogue`);
  return found;
}
