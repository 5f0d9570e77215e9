import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/free-port.mjs";
import { writeFiles } from "./packages";
import { ServerProcess } from "./servers";

/** The one private address that the instance lets its worker go to: see `tests/runner/instance.mjs`. */
export const gitAddress = "127.9.0.1";

const quietly = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "protocol.file.allow=always"];

/** A folder of bare repositories, as a server keeps them. */
export class GitHost {
  readonly root = mkdtempSync(join(tmpdir(), "millrace-git-"));

  create(name: string): TestRepository {
    return new TestRepository(this.root, name);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export class TestRepository {
  private readonly work: string;

  constructor(
    root: string,
    readonly name: string,
  ) {
    this.work = mkdtempSync(join(root, "work-"));
    const bare = join(root, `${name}.git`);
    this.git("init", "--quiet", "--bare", "--initial-branch=trunk", bare);
    this.git("init", "--quiet", "--initial-branch=trunk", ".");
    this.git("remote", "add", "origin", bare);
  }

  git(...args: string[]): string {
    const env = { PATH: process.env.PATH, NODE_ENV: "test" as const, ...quietly };
    return execFileSync("git", [...author, ...args], { cwd: this.work, env, stdio: "pipe" })
      .toString()
      .trim();
  }

  /** Writes files, by path, and pushes them. @returns the commit's id */
  async commit(files: Record<string, string | Buffer>, message = "A change", branch = "trunk"): Promise<string> {
    await writeFiles(this.work, files);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    this.git("push", "--quiet", "--force", "origin", `HEAD:refs/heads/${branch}`);
    return this.git("rev-parse", "HEAD");
  }

  /** Adds what cannot be written as a file, such as links to other repositories. */
  stage(mode: string, object: string, path: string): void {
    this.git("update-index", "--add", "--cacheinfo", `${mode},${object},${path}`);
  }

  path(...parts: string[]): string {
    return join(this.work, ...parts);
  }
}

export interface GitServer {
  url: string;
  /** The `Authorization` of each request, in their order. */
  sent: (string | undefined)[];
  close: () => Promise<void>;
}

interface HttpOptions {
  /** Asked for where it is given. */
  account?: { username: string; password: string };
  /** Answers instead of git where it returns true. */
  intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

function runBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://git");
  const backend = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      ...quietly,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => {});
  const chunks: Buffer[] = [];
  backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  backend.once("close", () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf("\r\n\r\n");
    const head = output.subarray(0, end).toString();
    const status = Number(/^Status: (\d+)/m.exec(head)?.[1] ?? 200);
    const type = /^Content-Type: (.+)$/im.exec(head)?.[1]?.trim() ?? "text/plain";
    response.writeHead(status, { "content-type": type }).end(output.subarray(end + 4));
  });
}

/** Serves the repositories by git's own HTTP backend. */
export async function serveGitHttp(host: GitHost, { account, intercept }: HttpOptions = {}): Promise<GitServer> {
  const sent: GitServer["sent"] = [];
  const wanted = account && `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    sent.push(request.headers.authorization);
    if (intercept?.(request, response)) return;
    if (wanted && request.headers.authorization !== wanted)
      return response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
    runBackend(host.root, request, response);
  });
  await new Promise<void>((done) => server.listen(0, gitAddress, done));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { url: `http://${gitAddress}:${port}`, sent, close };
}

export interface SshServer {
  /** The address of a repository by its name. */
  urlOf: (name: string) => string;
  /** The private half of a key that the server lets in. */
  deployKey: string;
  /** One that it does not. */
  otherKey: string;
  /** One with a passphrase. */
  lockedKey: string;
  /** Starts it anew with another host key. */
  changeHostKey: () => Promise<void>;
  close: () => Promise<void>;
}

/** Serves the repositories by OpenSSH, signed in as whoever runs the test. */
export async function serveGitSsh(host: GitHost, sshd: string): Promise<SshServer> {
  const folder = mkdtempSync(join(host.root, "ssh-"));
  const keygen = (name: string, passphrase = "") =>
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-f", join(folder, name)], { stdio: "pipe" });
  for (const name of ["host-1", "host-2", "deploy", "other"]) keygen(name);
  keygen("locked", "open sesame");
  writeFileSync(join(folder, "authorized"), readFileSync(join(folder, "deploy.pub")));
  for (const path of [host.root, folder, join(folder, "authorized")]) chmodSync(path, 0o700);
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  const port = await freePort();
  let server: ServerProcess | undefined;
  const start = async (hostKey: string) => {
    await server?.stop();
    server = new ServerProcess();
    const settings = [
      `Port ${port}`,
      `ListenAddress ${gitAddress}`,
      // `ServerProcess` looks for it there.
      "ListenAddress 127.0.0.1",
      `HostKey ${join(folder, hostKey)}`,
      "PidFile none",
      `AuthorizedKeysFile ${join(folder, "authorized")}`,
      "UsePAM no",
      "StrictModes no",
      "PermitRootLogin yes",
    ];
    writeFileSync(join(server.folder, "config"), settings.join("\n"));
    await server.start(sshd, ["-D", "-e", "-f", join(server.folder, "config")], port);
  };
  await start("host-1");
  const key = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    urlOf: (name) => `ssh://${userInfo().username}@${gitAddress}:${port}${host.root}/${name}.git`,
    deployKey: key("deploy"),
    otherKey: key("other"),
    lockedKey: key("locked"),
    changeHostKey: () => start("host-2"),
    close: async () => server?.stop(),
  };
}
