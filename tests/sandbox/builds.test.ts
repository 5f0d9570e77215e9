import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { readMetadata } from "@/lib/actions/metadata";
import type { BuildTools } from "@/workers/builds/build-tools";
import { buildNode } from "@/workers/builds/node";
import { buildPython } from "@/workers/builds/python";
import { findUv } from "@/workers/builds/uv";
import { filesOf, writeFiles } from "../support/packages";

const folder = mkdtempSync(join(tmpdir(), "millrace-builds-"));
const marker = join(folder, "it-ran");
const tools: BuildTools = {
  depsRoot: join(folder, "deps"),
  cacheRoot: join(folder, "cache"),
  toolsRoot: join(
    process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? "/root", ".cache"),
    "millrace",
    "action-test",
    "tools",
  ),
};

/** A registry of both kinds whose packages would leave a mark if anything of them ran while they are installed. */
const served = new Map<string, { type: string; body: Buffer | string }>();
const registry = createServer((request, response) => {
  const found = served.get(decodeURIComponent(request.url ?? ""));
  response.writeHead(found ? 200 : 404, { "content-type": found?.type ?? "text/plain" }).end(found?.body ?? "");
});
const urlOf = (path: string) => `http://127.0.0.1:${(registry.address() as AddressInfo).port}${path}`;

function archive(name: string, files: Record<string, string>): Buffer {
  const root = join(folder, "archives");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const file = join(folder, `${name}.tgz`);
  execFileSync("tar", ["-czf", file, "-C", root, Object.keys(files)[0]?.split("/")[0] ?? ""]);
  return readFileSync(file);
}

beforeAll(async () => {
  await new Promise<void>((done) => registry.listen(0, "127.0.0.1", done));
  const mark = `open(${JSON.stringify(marker)}, "w").close()`;
  const sdist = archive("eager-1.0", {
    "eager-1.0/setup.py": `${mark}\nfrom setuptools import setup\nsetup(name="eager", version="1.0")\n`,
    "eager-1.0/PKG-INFO": "Metadata-Version: 1.0\nName: eager\nVersion: 1.0\n",
  });
  served.set("/simple/eager/", { type: "text/html", body: '<a href="/files/eager-1.0.tar.gz">eager-1.0.tar.gz</a>' });
  served.set("/files/eager-1.0.tar.gz", { type: "application/gzip", body: sdist });
  const script = `node -e 'require("fs").writeFileSync(${JSON.stringify(marker)}, "")'`;
  const manifest = {
    name: "eager",
    version: "1.0.0",
    scripts: { preinstall: script, install: script, postinstall: script },
  };
  const tarball = archive("eager-1.0.0", {
    "package/package.json": JSON.stringify(manifest),
    "package/index.js": "module.exports = 'installed';\n",
  });
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const dist = { tarball: urlOf("/files/eager-1.0.0.tgz"), integrity };
  served.set("/files/eager-1.0.0.tgz", { type: "application/octet-stream", body: tarball });
  served.set("/eager", {
    type: "application/json",
    body: JSON.stringify({
      name: "eager",
      "dist-tags": { latest: "1.0.0" },
      versions: { "1.0.0": { ...manifest, dist } },
    }),
  });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

async function packageWith(files: Record<string, string>, type: "python3" | "nodejs") {
  const dir = mkdtempSync(join(folder, "package-"));
  const all = filesOf({ id: "needs-eager", type, code: "", files });
  await writeFiles(dir, all);
  const described = readMetadata(all["ryax_metadata.yaml"] ?? "").interface;
  if (!described) throw new Error("The package is not valid.");
  return { dir, described };
}

it("a Python package that has to be built is refused, and its setup.py does not run", async () => {
  await findUv(tools, () => {});
  vi.stubEnv("UV_DEFAULT_INDEX", urlOf("/simple/"));
  const { dir, described } = await packageWith({ "requirements.txt": "eager==1.0\n" }, "python3");
  await expect(buildPython(tools, dir, described, () => {})).rejects.toThrow(
    /^requirements\.txt: eager is published there only as source.*put its modules into the package/,
  );
  expect(existsSync(marker)).toBe(false);
}, 60_000);

it("a Node package is installed, and its install scripts do not run", async () => {
  vi.stubEnv("npm_config_registry", urlOf("/"));
  const { dir } = await packageWith({ "package.json": '{"dependencies":{"eager":"1.0.0"}}' }, "nodejs");
  const built = await buildNode(tools, dir, () => {});
  const installed = join(tools.depsRoot, built?.depsHash ?? "", "node_modules", "eager", "index.js");
  expect([existsSync(installed), existsSync(marker)]).toEqual([true, false]);
}, 60_000);
