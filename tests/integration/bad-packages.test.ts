import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { pushActionsContract, showActionContract } from "@/lib/actions/contract";
import { refusal } from "../support/checked";
import { testHome } from "../support/instance";
import { filesOf, type PackageSpec, withPackages, zipFolder } from "../support/packages";
import { TestProject } from "../support/project";
import { rawZip } from "../support/raw-zip";
import { until } from "../support/wait";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const push = (body: Buffer<ArrayBuffer>) => project.api(pushActionsContract, { body });
const packageEntries = (spec: PackageSpec) =>
  Object.entries(filesOf(spec)).map(([name, content]) => ({ name, content: Buffer.from(content) }));
const harmless = packageEntries({ id: "harmless", code: "def handle(i): pass\n" });
const symlink = 0o120777;

describe("an archive", () => {
  const mib = 1024 * 1024;

  it.concurrent.each([
    [
      "that climbs out of its folder",
      [{ name: "../../climbed.txt", content: Buffer.from("x") }],
      /cannot be unpacked: .*(relative|invalid)/i,
    ],
    [
      "that names an absolute path",
      [{ name: "/tmp/climbed.txt", content: Buffer.from("x") }],
      /cannot be unpacked: .*absolute/i,
    ],
    [
      "that climbs with backslashes",
      [{ name: "..\\..\\climbed.txt", content: Buffer.from("x") }],
      /cannot be unpacked/,
    ],
    ["with a link", [{ name: "link", content: Buffer.from("/etc/passwd"), mode: symlink }], /link is a symbolic link/],
    ["with one name twice", [{ name: "ryax_handler.py", content: Buffer.from("x") }], /cannot be unpacked/],
    [
      "with more than 10 000 files",
      Array.from({ length: 10_001 }, (_, index) => ({ name: `f/${index}`, content: Buffer.alloc(0) })),
      /at most 10000 are accepted/,
    ],
  ])("%s is refused", async (_, entries, message) => {
    const error = await refusal(push(rawZip([...harmless, ...entries])));
    expect([error.status, error.code]).toEqual([422, "invalid_package"]);
    expect(error.message).toMatch(message);
  });

  it.concurrent("that unpacks to more than a gigabyte is refused", async () => {
    const zeros = { content: Buffer.alloc(256 * mib) };
    const bomb = rawZip([...harmless, ...[1, 2, 3, 4, 5].map((number) => ({ name: `zeros-${number}`, ...zeros }))]);
    expect(bomb.length).toBeLessThan(3 * mib);
    const error = await refusal(push(bomb));
    expect(error.message).toMatch(/unpacks to more than 1024 MiB/);
  }, 60_000);

  it.concurrent("that is cut off is refused", async () => {
    const whole = rawZip(harmless);
    const error = await refusal(push(whole.subarray(0, whole.length - 30)));
    expect(error.message).toMatch(/not a readable zip/);
  });
});

/** Pushes one package whose build is to fail. @returns the error and the log */
async function failedBuild(spec: PackageSpec): Promise<{ error: string; log: string }> {
  await withPackages([spec], async (folder) => push(await zipFolder(folder)));
  const params = { project: project.id, action: spec.id, version: "1.0" };
  const shown = await until(
    "the build has ended",
    async () => {
      const now = await project.api(showActionContract, { params });
      return now.state === "failed" || now.state === "built" ? now : undefined;
    },
    60_000,
  );
  expect(shown.state).toBe("failed");
  return { error: shown.error ?? "", log: shown.buildLog.map(({ line }) => line).join("\n") };
}

const python = (id: string, requirements: string): PackageSpec => ({
  id,
  code: "def handle(i): pass\n",
  files: { "requirements.txt": requirements },
});
const node = (id: string, manifest: string): PackageSpec => ({
  id,
  type: "nodejs",
  code: "module.exports = () => ({});\n",
  files: { "package.json": manifest },
});

const failing: [what: string, spec: PackageSpec, message: RegExp][] = [
  [
    "a syntax error in Python",
    { id: "py-syntax", code: "def handle(i):\n    return {\n" },
    /^ryax_handler\.py: line 2: /,
  ],
  [
    "no handler in Python",
    { id: "py-no-handler", code: "def main(i): pass\n" },
    /there is no function handle\(inputs\)/,
  ],
  [
    "a handler without a parameter",
    { id: "py-no-parameter", code: "def handle(): pass\n" },
    /line 1: handle must take \(inputs\)/,
  ],
  [
    "a handler of two parameters",
    { id: "py-two", code: "x = 1\ndef handle(a, b): pass\n" },
    /line 2: handle must take \(inputs\)/,
  ],
  [
    "a trigger that is not async",
    { id: "sync-trigger", kind: "Source", code: "def run(service, inputs): pass\n" },
    /line 1: run must be an async def/,
  ],
  [
    "a syntax error in Node",
    { id: "node-syntax", type: "nodejs", code: "module.exports = (\n" },
    /^ryax_handler\.js: line \d+: SyntaxError/,
  ],
  [
    "an unknown Python package",
    python("py-unknown", "no-such-package-of-anyone-58213==1.0\n"),
    /no-such-package-of-anyone-58213/,
  ],
  ["a version that does not exist", python("py-version", "python-slugify==999.0\n"), /999\.0/],
  [
    "a line that is no requirement",
    python("py-line", '# first\n"Empty File"\n'),
    /requirements\.txt, line 2: “"Empty File"” is not a requirement/,
  ],
  ["a conda-like line", python("py-conda", "python=3.8.13\n"), /line 1: “python=3\.8\.13”/],
  ["a file of this machine", python("py-local", "thing @ file:///etc/passwd\n"), /line 1: .*must name an https/],
  ["an editable folder", python("py-editable", "-e /etc\n"), /line 1: .*option that is not supported/],
  ["an include from outside", python("py-include", "-r ../../../../etc/passwd\n"), /line 1: .*outside the package/],
  [
    "a Python that is not here",
    { id: "py-3-99", code: "def handle(i): pass\n", spec: { options: { python: { version: "3.99" } } } },
    /asks for Python 3\.99 .*There is 3\.\d+/,
  ],
  [
    "an unknown npm package",
    node("npm-unknown", '{"dependencies": {"no-such-package-of-anyone-58213": "1.0.0"}}'),
    /no-such-package-of-anyone-58213/,
  ],
  ["a package.json that is no JSON", node("npm-json", "{"), /Invalid package config package\.json/],
  [
    "an npm package from an address",
    node("npm-address", '{"dependencies": {"x": "file:///etc"}}'),
    /must be a version from the registry/,
  ],
  [
    "an npm package from a repository",
    node("npm-git", '{"dependencies": {"x": "github:a/b"}}'),
    /must be a version from the registry/,
  ],
];

describe("a build", () => {
  it.concurrent.each(failing)(
    "of %s fails with the reason, in its log too",
    async (_, spec, message) => {
      const { error, log } = await failedBuild(spec);
      expect(error).toMatch(message);
      expect(log).toContain(error.split("\n")[0]);
    },
    90_000,
  );

  it.concurrent("says where an included requirements file is wrong", async () => {
    const spec = python("py-nested", "-r more/base.txt\n");
    const { error } = await failedBuild({ ...spec, files: { ...spec.files, "more/base.txt": "fine>=1\n!!!\n" } });
    expect(error).toMatch(/more\/base\.txt, line 2: “!!!” is not a requirement/);
  });

  it.concurrent("reads nothing of this machine because a lock says so", async () => {
    const requirements = "python-slugify\n";
    const lock = { python: { originalRequirements: requirements, lockedRequirements: ["-r /etc/passwd"] } };
    const spec = python("py-lock", requirements);
    const { error, log } = await failedBuild({
      ...spec,
      files: { ...spec.files, "ryax_lock.json": JSON.stringify(lock) },
    });
    expect(error).toMatch(/ryax_lock\.json, line 1: .*outside the package/);
    expect(log).not.toMatch(/root:/);
  });

  it.concurrent("does without a lock that cannot be read", async () => {
    await project.pushCode({ id: "broken-lock", code: "def handle(i): pass\n", files: { "ryax_lock.json": "{" } });
  });

  it.concurrent("that failed leaves nothing behind among the dependencies", async () => {
    await failedBuild(python("py-left", "no-such-package-of-anyone-58213==1.0\n"));
    await until("only whole folders are left", () =>
      readdirSync(join(testHome(), "deps")).every((name) => /^[0-9a-f]{64}$/.test(name)),
    );
  }, 60_000);
});
