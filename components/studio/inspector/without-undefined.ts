import type { ActionVersionResource } from "@/lib/actions/contract";

type Io = ActionVersionResource["inputs"][number];

/** Contracts say that a key may be undefined, and definitions that it is absent. */
export function withoutUndefined({ enumValues, schema, defaultValue, ...io }: Io) {
  return {
    ...io,
    ...(enumValues && { enumValues }),
    ...(schema && { schema }),
    ...(defaultValue !== undefined && { defaultValue }),
  };
}
