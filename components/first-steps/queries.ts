import { queryOptions } from "@tanstack/react-query";
import { listExamplesOperation } from "@/lib/examples/operations";
import { callApi } from "@/lib/http/client";

/** The same for every project, and until the server is another release. */
export function examplesQuery() {
  return queryOptions({
    queryKey: ["examples"],
    queryFn: ({ signal }) => callApi(listExamplesOperation, {}, { signal }),
  });
}
