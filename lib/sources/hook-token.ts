import { randomToken } from "@/lib/crypto/tokens";
import { env } from "@/lib/env";

/** A token names its project, so that a link without one in its path can be placed. */
export function newHookToken(projectId: string): string {
  return `mrs_${projectId}_${randomToken()}`;
}

export function projectOfHook(token: string): string | undefined {
  return /^mrs_([a-z0-9]+)_/.exec(token)?.[1];
}

export function hookLink(token: string): string {
  return new URL(`/api/v1/source-hooks/${token}`, env().MILLRACE_PUBLIC_URL).toString();
}
