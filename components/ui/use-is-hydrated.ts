import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * False until React has taken over what the server rendered: what is pressed before that would be lost, or worse, sent
 * by the browser itself.
 */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
