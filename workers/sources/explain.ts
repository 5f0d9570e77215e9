import type { Credentials } from "@/lib/sources";

interface Asked {
  branch: string | null;
  credentials: Credentials | null;
}

const refusedCredentials = {
  password: "The server refused the user name and the password or token, or they do not include this repository.",
  deploy_key: "The server does not accept the deploy key. Its public half must be added to the repository there.",
} as const;

const maxLength = 600;

/** What git said, in words for whoever added the repository. */
export function explain(said: string, { branch, credentials }: Asked): string {
  const has = (pattern: RegExp) => pattern.test(said);
  if (has(/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/))
    return "The server has another host key than at the first scan. If that is meant to be so, give the credentials anew.";
  if (has(/Permission denied|error in libcrypto|invalid format/)) return refusedCredentials.deploy_key;
  if (has(/could not read (Username|Password)|Authentication failed|HTTP Basic: Access denied|error: (401|403)/)) {
    return credentials
      ? refusedCredentials[credentials.kind]
      : "There is no such repository, or it is private: then give a user name and a token.";
  }
  if (has(/couldn't find remote ref/i)) return `The repository has no branch ${branch ?? "that is its default one"}.`;
  if (has(/repository .*not found|error: 404|does not appear to be a git repository|not a git repository/i)) {
    return "The server has no repository at this address, or shows it to nobody without credentials.";
  }
  const lines = said
    .split("\n")
    .map((line) => line.replace(/^(fatal|error|remote): */, "").trim())
    .filter((line) => line !== "" && !/^(Please make sure|and the repository exists|Warning: Permanently)/.test(line));
  return `The repository could not be read. ${lines.slice(-3).join(" ")}`.slice(0, maxLength).trim();
}
