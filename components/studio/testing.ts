import type { ActionVersionResource } from "@/lib/actions/contract";
import { library } from "@/lib/workflows/definition/testing";
import { catalogOf } from "./catalog";

/** The library of the checks' tests, as the studio is given it. */
export const catalog = catalogOf(
  [...library.actions.values()].map(
    ({ state, interface: action }): ActionVersionResource => ({
      ...action,
      state,
      name: action.humanName,
      hash: "",
      source: "zip",
      warnings: [],
      error: null,
      createdAt: "2026-01-01T00:00:00.000Z",
    }),
  ),
);
