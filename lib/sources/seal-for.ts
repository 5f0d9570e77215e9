import { AppError } from "@/lib/errors";
import { type Credentials, type SealedCredentials, sealCredentials } from "./credentials";
import { type GitUrl, parseGitUrl } from "./git-url";

function misfit(protocol: GitUrl["protocol"], credentials: Credentials | null): string | undefined {
  if (protocol !== "ssh")
    return credentials?.kind === "deploy_key"
      ? "A deploy key is for an SSH address; this one takes a token."
      : undefined;
  return credentials?.kind === "deploy_key" ? undefined : "An SSH address needs a deploy key.";
}

/** @throws AppError `invalid_input` for credentials that an address of this kind cannot use, or lacks */
export function sealFor(url: string, credentials: Credentials | null): SealedCredentials | null {
  const parsed = parseGitUrl(url);
  const message = parsed.ok ? misfit(parsed.url.protocol, credentials) : undefined;
  if (message) throw new AppError("invalid_input", message, { issues: [{ path: "body.credentials", message }] });
  return credentials && sealCredentials(credentials);
}
