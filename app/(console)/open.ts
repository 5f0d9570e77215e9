import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { ProjectContext } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { visitedPath } from "@/lib/http/visited-path";
import { openProject } from "@/lib/projects";
import { type SignedIn, signedIn } from "../signed-in";

/** The signed-in user of a page. `proxy.ts` has let in whoever has a cookie; one that has run out ends here. */
export async function openUser(): Promise<SignedIn> {
  const found = await signedIn();
  if (found) return found;
  redirect(`/sign-in?${new URLSearchParams({ from: visitedPath(await headers()), ended: "1" })}`);
}

/** A use case's answer; what it does not find, or the reader's role does not include, is a page that does not exist. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "forbidden")) notFound();
    throw error;
  }
}

/** Opens the project that a page stands in, once for the page and its layouts. */
export const openProjectOnce = cache(async (projectId: string): Promise<ProjectContext> => {
  const { context } = await openUser();
  return orNotFound(openProject(context.actor, projectId));
});

export async function openProjectPage<Params extends { project: string }>(
  params: Promise<Params>,
): Promise<ProjectContext & { params: Params }> {
  const resolved = await params;
  return { ...(await openProjectOnce(resolved.project)), params: resolved };
}
