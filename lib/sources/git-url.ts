/** Addresses of git repositories on other machines, as people paste them. Pure. */

export interface GitUrl {
  protocol: "https" | "http" | "ssh";
  host: string;
  port: number;
  /** As git is told. */
  text: string;
}

export type ParsedGitUrl = { ok: true; url: GitUrl } | { ok: false; problem: string };

const ports = { https: 443, http: 80, ssh: 22 } as const;
const forms =
  "Give the address of a repository, such as https://github.com/ada/actions or git@github.com:ada/actions.git.";
/** `git@github.com:ada/actions.git` */
const scpForm = /^([A-Za-z0-9_][\w.-]*)@([A-Za-z0-9][A-Za-z0-9.-]*):(?![/-]{2})([^\s-][^\s]*)$/;

const refuse = (problem: string): ParsedGitUrl => ({ ok: false, problem });

function protocolOf(url: URL): GitUrl["protocol"] | undefined {
  return (["https", "http", "ssh"] as const).find((name) => url.protocol === `${name}:`);
}

export function parseGitUrl(given: string): ParsedGitUrl {
  const text = given.trim();
  const [, , scpHost] = scpForm.exec(text) ?? [];
  if (scpHost) return { ok: true, url: { protocol: "ssh", host: scpHost.toLowerCase(), port: ports.ssh, text } };
  if (!URL.canParse(text) || !text.includes("://")) return refuse(forms);
  const url = new URL(text);
  const protocol = protocolOf(url);
  if (!protocol) return refuse(`Repositories are read over https, http or ssh, not ${url.protocol.slice(0, -1)}.`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!/^[A-Za-z0-9:][A-Za-z0-9._:-]*$/.test(host)) return refuse(forms);
  if (url.search || url.hash)
    return refuse("The address may have no “?” and no “#”. The branch has a field of its own.");
  if (url.pathname.replaceAll("/", "") === "") return refuse("The address names a server and no repository.");
  if (url.password || (protocol !== "ssh" && url.username))
    return refuse("The address holds a user name or a password. Give them as credentials, which are kept encrypted.");
  if (protocol === "ssh" && !/^[A-Za-z0-9_][\w.-]*$/.test(url.username))
    return refuse("An SSH address names its user, mostly git: ssh://git@example.com/ada/actions.git.");
  return { ok: true, url: { protocol, host, port: Number(url.port) || ports[protocol], text: url.href } };
}
