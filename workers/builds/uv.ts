import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { packageLimits, unzip } from "@/lib/archives";
import { messageOf } from "@/lib/errors";
import { findProgram } from "../action-runtime/program";
import { BuildFailed, type BuildLog, type BuildTools } from "./build-tools";

const version = "0.13.9";
const downloadTimeoutMs = 120_000;

/** PEP 691: a package index's files as JSON. */
const indexSchema = z.object({
  files: z.array(z.object({ filename: z.string(), url: z.string(), hashes: z.record(z.string(), z.string()) })),
});

const platformTags: Record<string, string[]> = {
  "linux-x64": ["manylinux_2_17_x86_64", "musllinux_1_1_x86_64"],
  "linux-arm64": ["manylinux_2_17_aarch64", "musllinux_1_1_aarch64"],
  "darwin-arm64": ["macosx_11_0_arm64"],
  "darwin-x64": ["macosx_10_12_x86_64"],
};

function indexUrl(): string {
  const { UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL } = process.env;
  return (UV_DEFAULT_INDEX ?? UV_INDEX_URL ?? PIP_INDEX_URL ?? "https://pypi.org/simple").replace(/\/$/, "");
}

async function get(url: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(downloadTimeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

async function downloadWheel(): Promise<Buffer> {
  const page = `${indexUrl()}/uv/`;
  const { files } = indexSchema.parse(
    await (await get(page, { Accept: "application/vnd.pypi.simple.v1+json" })).json(),
  );
  const tags = platformTags[`${process.platform}-${process.arch}`] ?? [];
  const isMusl = existsSync("/lib/ld-musl-x86_64.so.1") || existsSync("/lib/ld-musl-aarch64.so.1");
  const wanted = tags.filter((tag) => process.platform !== "linux" || tag.startsWith("musl") === isMusl);
  const wheel = files.find(
    (file) => file.filename.startsWith(`uv-${version}-`) && wanted.some((tag) => file.filename.includes(tag)),
  );
  if (!wheel) throw new Error(`${page} has no uv ${version} for ${process.platform} ${process.arch}`);
  const bytes = Buffer.from(await (await get(new URL(wheel.url, page).toString(), {})).arrayBuffer());
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (wheel.hashes.sha256 !== digest)
    throw new Error(`${wheel.filename} does not have the digest that the index names`);
  return bytes;
}

/** The installer of Python packages: from the PATH, else fetched once into the state folder. @throws BuildFailed */
export async function findUv(tools: BuildTools, log: BuildLog): Promise<string> {
  const onPath = findProgram("uv");
  if (onPath) return onPath;
  const target = join(tools.toolsRoot, `uv-${version}`);
  if (existsSync(target)) return target;
  log(`Fetching uv ${version}, which installs Python packages …`);
  await mkdir(tools.toolsRoot, { recursive: true });
  const folder = await mkdtemp(join(tools.toolsRoot, "fetch-"));
  try {
    await writeFile(join(folder, "uv.whl"), await downloadWheel());
    await unzip(join(folder, "uv.whl"), folder, packageLimits);
    const data = (await readdir(folder)).find((name) => name.endsWith(".data"));
    if (!data) throw new Error("the wheel holds no program");
    const program = join(folder, data, "scripts", "uv");
    await chmod(program, 0o755);
    await rename(program, target);
    return target;
  } catch (cause) {
    throw new BuildFailed(
      `uv could not be fetched: ${messageOf(cause)}. Install it (pip install uv) so that it is on the PATH, and push again.`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
