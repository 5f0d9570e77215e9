import { useVerb } from "@/components/query/use-verb";
import { addCatalogueEntryOperation } from "@/lib/catalogue/operations";
import { callApi } from "@/lib/http/client";
import type { AddAt } from "../edits/nodes";
import { useStudio } from "../use-studio";
import { usePlaceWhenBuilt } from "./use-place-when-built";

/** Adds an action of the catalogue to the project, and to the workflow where it was asked for. */
export function useTakeFromCatalogue() {
  const { projectId } = useStudio();
  const { placeWhenBuilt, awaited } = usePlaceWhenBuilt();
  const add = useVerb({
    projectId,
    failure: "The action could not be added",
    run: ({ id }: { id: string; at: AddAt | undefined }) =>
      callApi(addCatalogueEntryOperation, { params: { project: projectId, action: id } }),
    onSuccess: (action, { at }) => placeWhenBuilt(action, at),
  });
  return {
    take: (id: string, at?: AddAt) => add.mutate({ id, at }),
    /** The one that is on its way. */
    pending: add.isPending ? (add.variables?.id ?? null) : awaited,
  };
}
