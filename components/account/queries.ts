import { queryOptions } from "@tanstack/react-query";
import { listTokensOperation } from "@/lib/accounts/operations";
import { callApi } from "@/lib/http/client";

export function tokensQuery() {
  return queryOptions({
    queryKey: ["account", "tokens"] as const,
    queryFn: ({ signal }) => callApi(listTokensOperation, {}, { signal }),
  });
}
