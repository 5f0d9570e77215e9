import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Credentials } from "@/lib/sources";
import type { GitUrl } from "@/lib/sources/git-url";

/** What of this process's environment git may see: no secret of ours, and no configuration of this machine's users. */
const passedOn = ["PATH", "LANG", "TMPDIR", "GIT_SSL_CAINFO", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"];

/** A server that sends less than this many bytes a second for so many seconds is given up. */
const slowest = { bytes: "1000", seconds: "30" } as const;

/** Given as `GIT_CONFIG_…`, so that it holds over what the repository says and is seen in no list of processes. */
function asEnvironment(config: [string, string][]): Record<string, string> {
  const entries = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(config.length), ...Object.fromEntries(entries) };
}

function baseEnvironment(home: string): NodeJS.ProcessEnv {
  const kept = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: "production",
    HOME: home,
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "true",
    GIT_ALLOW_PROTOCOL: "https:http:ssh",
    GIT_LFS_SKIP_SMUDGE: "1",
  };
}

const baseConfig: [string, string][] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["submodule.recurse", "false"],
  ["credential.helper", ""],
  ["protocol.version", "2"],
  ["pack.threads", "1"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["advice.detachedHead", "false"],
];

// Asked by git for this server alone, wherever it may redirect to.
const helper = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$SOURCE_USERNAME" "$SOURCE_PASSWORD"; }; f`;

/** For a server that is spoken to over HTTP, through a proxy that judges where it leads. */
export function httpEnvironment(
  home: string,
  { text }: GitUrl,
  credentials: Credentials | null,
  proxy: string,
): NodeJS.ProcessEnv {
  const config: [string, string][] = [
    ...baseConfig,
    ["http.proxy", proxy],
    ["http.lowSpeedLimit", slowest.bytes],
    ["http.lowSpeedTime", slowest.seconds],
  ];
  if (credentials?.kind !== "password") return { ...baseEnvironment(home), ...asEnvironment(config) };
  config.push([`credential.${new URL(text).origin}.helper`, helper]);
  const { username, password } = credentials;
  return {
    ...baseEnvironment(home),
    ...asEnvironment(config),
    SOURCE_USERNAME: username,
    SOURCE_PASSWORD: password,
  };
}

export interface SshEnvironment {
  env: NodeJS.ProcessEnv;
  knownHostsFile: string;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * For a server that is spoken to over SSH at the address that was judged. The host key that it shows the first time is the
 * one that it must show ever after.
 */
export async function sshEnvironment(
  home: string,
  url: GitUrl,
  address: string,
  privateKey: string,
  hostKeys: string | null,
): Promise<SshEnvironment> {
  const folder = join(home, "ssh");
  await mkdir(folder, { mode: 0o700 });
  const [keyFile, knownHostsFile] = [join(folder, "key"), join(folder, "known_hosts")];
  await writeFile(keyFile, `${privateKey.trim()}\n`, { mode: 0o600 });
  await chmod(keyFile, 0o600);
  await writeFile(knownHostsFile, hostKeys ?? "");
  const options = {
    HostName: address,
    HostKeyAlias: `${url.host}:${url.port}`,
    IdentityFile: keyFile,
    IdentitiesOnly: "yes",
    IdentityAgent: "none",
    BatchMode: "yes",
    PreferredAuthentications: "publickey",
    UserKnownHostsFile: knownHostsFile,
    GlobalKnownHostsFile: "/dev/null",
    StrictHostKeyChecking: hostKeys === null ? "accept-new" : "yes",
    HashKnownHosts: "no",
    UpdateHostKeys: "no",
    ForwardAgent: "no",
    ClearAllForwardings: "yes",
    PermitLocalCommand: "no",
    ConnectTimeout: "10",
    ServerAliveInterval: slowest.seconds,
    ServerAliveCountMax: "1",
    LogLevel: "ERROR",
  };
  const command = [
    "ssh",
    "-F",
    "none",
    ...Object.entries(options).flatMap(([name, value]) => ["-o", quoted(`${name}=${value}`)]),
  ];
  return {
    env: {
      ...baseEnvironment(home),
      ...asEnvironment(baseConfig),
      GIT_SSH_COMMAND: command.join(" "),
      GIT_SSH_VARIANT: "ssh",
    },
    knownHostsFile,
  };
}
