import type { Definition } from "@/lib/workflows/definition/schema";
import { changeNode } from "./inputs";

/** Sets a parameter of what a trigger serves; undefined leaves it to the trigger's package. Pure. */
export function setServiceParameter(
  definition: Definition,
  id: string,
  name: string,
  value: string | number | boolean | undefined,
): Definition {
  return changeNode(definition, id, ({ addons = {}, ...node }) => {
    const { [name]: _replaced, ...kept } = addons.http_service ?? {};
    // Kept when it is empty: it is what says that the trigger serves.
    return { ...node, addons: { ...addons, http_service: { ...kept, ...(value !== undefined && { [name]: value }) } } };
  });
}
