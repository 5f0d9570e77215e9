import "server-only";
import { cache } from "react";
import { whoAmI } from "@/lib/accounts";
import type { UserResource } from "@/lib/accounts/contract";
import type { UserContext } from "@/lib/auth";
import { sessionActor } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

export interface SignedIn {
  context: UserContext;
  user: UserResource;
}

/** Whose page this is; null without a session, and for one whose account is gone. */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const actor = await sessionActor();
  if (!actor) return null;
  const context = { actor, requestId: newId("request"), address: "" };
  try {
    return { context, user: (await whoAmI(context, undefined)).user };
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") return null;
    throw error;
  }
});
