import { randomToken } from "@/lib/crypto/tokens";
import { env } from "@/lib/env";

/** A token names its project, so that a link without one in its path can be placed. */
export function newInviteToken(projectId: string): string {
  return `mri_${projectId}_${randomToken()}`;
}

export function projectOfInvite(token: string): string | undefined {
  return /^mri_([a-z0-9]+)_/.exec(token)?.[1];
}

export function inviteLink(token: string): string {
  return new URL(`/invite/${token}`, env().MILLRACE_PUBLIC_URL).toString();
}
