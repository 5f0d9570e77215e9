import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { findPackages } from "@/lib/actions";
import { packageLimits } from "@/lib/archives";
import type { Credentials } from "@/lib/sources";
import type { Commit } from "@/lib/sources/found";
import { type GitUrl, parseGitUrl } from "@/lib/sources/git-url";
import type { Reachable } from "../action-runtime/network/reachable";
import { explain } from "./explain";
import { findGit, GitFailed, type GitOptions, runGit } from "./git";
import { httpEnvironment, sshEnvironment } from "./git-environment";
import { ScanFailed } from "./scan-failed";
import { notPublic, SocksProxy } from "./socks-proxy";

const limits = { askMs: 60_000, fetchMs: 300_000, localMs: 120_000, repositoryBytes: 1024 ** 3 } as const;

export interface Repository {
  url: string;
  branch: string | null;
  credentials: Credentials | null;
  hostKeys: string | null;
  /** The commit whose packages are known already: when the branch is still there, nothing is fetched. */
  knownCommit: string | null;
}

export interface ReadRepository {
  /** Null where the branch has not moved. */
  read: { commit: Commit; folder: string } | null;
  hostKeys: string | null;
}

type Git = (args: string[], timeoutMs: number, stdin?: string) => Promise<string>;

/** How to speak to the server, for as long as `use` takes. */
async function withServer<T>(
  home: string,
  url: GitUrl,
  { credentials, hostKeys }: Repository,
  reachable: Reachable,
  use: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<{ result: T; hostKeys: string | null }> {
  if (url.protocol === "ssh") {
    if (credentials?.kind !== "deploy_key") throw new ScanFailed("An SSH address needs a deploy key.");
    const addresses = await reachable.addressesOf(url.host, url.port).catch((cause) => {
      throw new ScanFailed(`There is no host ${url.host}.`, { cause });
    });
    const [first] = addresses;
    if (!first) throw new ScanFailed(notPublic(url.host, url.port));
    const { env, knownHostsFile } = await sshEnvironment(home, url, first.address, credentials.privateKey, hostKeys);
    const result = await use(env);
    return { result, hostKeys: (await readFile(knownHostsFile, "utf8")) || null };
  }
  const proxy = await SocksProxy.start(reachable);
  try {
    return { result: await use(httpEnvironment(home, url, credentials, proxy.url)), hostKeys: null };
  } catch (error) {
    if (error instanceof GitFailed && proxy.refusal) throw new ScanFailed(proxy.refusal, { cause: error });
    throw error;
  } finally {
    proxy.close();
  }
}

/** The commit that the branch is at, and the branch's name. @throws ScanFailed where there is none */
async function askForCommit(
  git: Git,
  url: string,
  branch: string | null,
): Promise<{ id: string; branch: string | null }> {
  const ref = branch === null ? "HEAD" : `refs/heads/${branch}`;
  const lines = (await git(["ls-remote", "--symref", "--", url, ref], limits.askMs)).split("\n");
  const [, id] =
    lines.map((line) => /^([0-9a-f]{40,64})\t(\S+)$/.exec(line) ?? []).find(([, , name]) => name === ref) ?? [];
  if (!id) throw new ScanFailed(explain("couldn't find remote ref", { branch, credentials: null }));
  const pointed = lines.map((line) => /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line)?.[1]).find(Boolean);
  return { id, branch: branch ?? pointed ?? null };
}

interface TreeEntry {
  path: string;
  size: number;
}

/** The regular files of a commit: links, which packages may not hold, and other repositories are left out. */
async function listTree(git: Git, commit: string): Promise<TreeEntry[]> {
  const lines = (await git(["ls-tree", "-r", "-l", "-z", "--full-tree", commit], limits.localMs)).split("\0");
  return lines.flatMap((line) => {
    const [, mode, size, path] = /^(\d{6}) blob [0-9a-f]+ +(\d+)\t([\s\S]+)$/.exec(line) ?? [];
    return path !== undefined && mode?.startsWith("100") ? [{ path, size: Number(size) }] : [];
  });
}

/** The files of the packages, and no others: what a repository holds besides may be as large as it likes. */
function filesOfPackages(tree: TreeEntry[]): string[] {
  const folders = findPackages(tree);
  const files = tree.filter(({ path }) => folders.some((folder) => folder === "" || path.startsWith(`${folder}/`)));
  const bytes = files.reduce((total, { size }) => total + size, 0);
  if (files.length > packageLimits.maxFiles)
    throw new ScanFailed(`The packages hold ${files.length} files; at most ${packageLimits.maxFiles} are read.`);
  if (bytes > packageLimits.maxBytes)
    throw new ScanFailed(`The packages hold ${bytes >> 20} MiB; at most ${packageLimits.maxBytes >> 20} MiB are read.`);
  return files.map(({ path }) => path);
}

/**
 * Fetches the newest commit of a branch, nothing of its past, and lays out the packages that are in it. Nothing of the
 * repository runs: no hooks, no filters, no submodules.
 * @throws ScanFailed
 */
export async function readRepository(
  workFolder: string,
  repository: Repository,
  reachable: Reachable,
  signal: AbortSignal,
): Promise<ReadRepository> {
  const parsed = parseGitUrl(repository.url);
  if (!parsed.ok) throw new ScanFailed(parsed.problem);
  const program = await findGit();
  const [home, folder] = [join(workFolder, "home"), join(workFolder, "repository")];
  await Promise.all([mkdir(home), mkdir(folder)]);
  const read = async (env: NodeJS.ProcessEnv): Promise<ReadRepository["read"]> => {
    const options: Omit<GitOptions, "timeoutMs"> = { cwd: folder, env, maxBytes: limits.repositoryBytes, signal };
    const git: Git = (args, timeoutMs, stdin) =>
      runGit(program, args, { ...options, timeoutMs, ...(stdin !== undefined && { stdin }) });
    const { text } = parsed.url;
    const { id, branch } = await askForCommit(git, text, repository.branch);
    if (id === repository.knownCommit) return null;
    await git(["init", "--quiet", "--template="], limits.localMs);
    const ref = repository.branch === null ? "HEAD" : `refs/heads/${repository.branch}`;
    await git(
      ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", text, ref],
      limits.fetchMs,
    );
    const files = filesOfPackages(await listTree(git, "FETCH_HEAD"));
    const log = await git(["log", "-1", "--format=%H%n%ct%n%s", "FETCH_HEAD"], limits.localMs);
    const [commit = "", seconds, subject = ""] = log.split("\n");
    if (files.length > 0) {
      await git(["read-tree", "FETCH_HEAD"], limits.localMs);
      await git(["checkout-index", "--quiet", "-z", "--stdin"], limits.localMs, files.join("\0"));
    }
    return {
      folder,
      commit: {
        id: commit,
        branch,
        subject: subject.slice(0, 200),
        at: new Date(Number(seconds) * 1000).toISOString(),
      },
    };
  };
  try {
    const { result, hostKeys } = await withServer(home, parsed.url, repository, reachable, read);
    return { read: result, hostKeys };
  } catch (error) {
    if (error instanceof GitFailed) throw new ScanFailed(explain(error.message, repository), { cause: error });
    throw error;
  }
}
