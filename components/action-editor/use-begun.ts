import { useQuery } from "@tanstack/react-query";
import { actionsQuery } from "@/components/library/queries";
import { projectKey } from "@/components/query/keys";
import { metadataFileName } from "@/lib/actions/metadata";
import { readPackageOperation } from "@/lib/actions/operations";
import { callRaw } from "@/lib/http/client";
import { editFile, metadataOf, readDraft } from "./draft";
import { setFact } from "./metadata-form";
import { raiseVersion } from "./raise-version";

/** A version's files, under the version number that comes next. */
export function useBegun(projectId: string, action: { id: string; version: string }) {
  const library = useQuery(actionsQuery(projectId)).data?.items;
  const taken = (library ?? []).filter(({ id }) => id === action.id).map(({ version }) => version);
  const files = useQuery({
    queryKey: projectKey(projectId, "library", "package", action.id, action.version),
    queryFn: async ({ signal }) => {
      const params = { project: projectId, action: action.id, version: action.version };
      const response = await callRaw(readPackageOperation, { params }, { signal });
      return readDraft(new Uint8Array(await response.arrayBuffer()));
    },
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!files.data || !library) return { begun: null, taken, error: files.error };
  const next = raiseVersion(action.version, [action.version, ...taken]);
  const yaml = setFact(metadataOf(files.data), "version", next);
  return { begun: editFile(files.data, metadataFileName, yaml), taken, error: null };
}
