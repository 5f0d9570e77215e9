import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { goToSignIn } from "@/components/session/go-to-sign-in";
import { ApiError, UnreachableError } from "@/lib/http/client";

const maxRetries = 3;

function isPassing(error: unknown): boolean {
  return error instanceof UnreachableError || (error instanceof ApiError && error.status >= 500);
}

function onError(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) goToSignIn();
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The live stream says when something has changed; time alone makes nothing stale.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < maxRetries && isPassing(error),
      },
    },
  });
}
