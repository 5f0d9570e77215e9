import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containedLevels, useRunnerdAt } from "../support/levels";
import { errorOf, outputsOf, TestRunnerd } from "../support/runnerd";

const root = mkdtempSync(join(tmpdir(), "millrace-granted-"));
const at = (name: string) => join(root, name);
const [incoming, shared, late, leading] = [at("incoming"), at("shared"), at("late"), at("leading")];
const folders = [
  `incoming=${incoming}:project1`,
  `shared=${shared}:project1,project2:rw`,
  `late=${late}:project1`,
  `leading=${leading}:project3`,
].join(";");

/** What is mounted below reaches other namespaces, as it does on most machines; false where this may not be had. */
function shareMounts(): boolean {
  try {
    execFileSync("mount", ["--bind", root, root], { stdio: "pipe" });
    execFileSync("mount", ["--make-shared", root], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

let mayMount = false;
beforeAll(() => {
  for (const folder of [incoming, shared, late]) mkdirSync(folder);
  writeFileSync(join(root, "secret"), "of the host");
  writeFileSync(join(incoming, "order"), "seven");
  symlinkSync(join(root, "secret"), join(incoming, "link"));
  symlinkSync("../secret", join(incoming, "relative"));
  // Sandboxes of root's runnerd are other users, to whom the operator opens it.
  for (const [folder, mode] of [
    [root, 0o755],
    [incoming, 0o777],
    [shared, 0o777],
    [late, 0o777],
  ] as const)
    chmodSync(folder, mode);
  mayMount = process.getuid?.() === 0 && shareMounts();
});
afterAll(() => {
  if (mayMount) execFileSync("umount", ["-l", root]);
  rmSync(root, { recursive: true, force: true });
});

const code = `
import json, os
def word(attempt):
    try:
        return str(attempt())
    except OSError as error:
        return error.strerror
def read(path):
    return word(lambda: open(path).read())
def handle(i):
    granted = json.loads(os.environ.get("MILLRACE_GRANTED_FOLDERS", "null"))
    found = {"granted": granted, "inside": sorted(os.listdir("/folders")) if os.path.isdir("/folders") else None}
    for path in i["read"].split():
        found[path] = read(path)
    for path in i["write"].split():
        found[path] = word(lambda: open(path, "w").write("mine"))
    return {"said": json.dumps(found)}
`;
const handler = { code, inputs: { read: "string", write: "string" }, outputs: { said: "string" } } as const;

async function ask(runnerd: TestRunnerd, spec: { projectId: string; usesFolders?: boolean }, read = "", write = "") {
  const sandboxNumber = Number(spec.projectId.slice(-1));
  const asked = { ...(await runnerd.specOf(handler, sandboxNumber)), usesFolders: true, ...spec };
  return JSON.parse(String(outputsOf(await runnerd.call(asked, { read, write })).said));
}

describe.each(containedLevels)("at %s", (level) => {
  const runnerd = useRunnerdAt(level, { MILLRACE_FOLDERS: folders });

  it("an action that asks for folders sees those of its project, and may do what was granted", async () => {
    const found = await ask(
      runnerd(),
      { projectId: "project1" },
      "/folders/incoming/order /folders/incoming/link /folders/incoming/relative",
      "/folders/incoming/order /folders/shared/note /folders/new",
    );
    expect(found).toMatchObject({
      granted: {
        project: "project1",
        folders: [
          { name: "incoming", path: "/folders/incoming", write: false, isThere: true },
          { name: "shared", path: "/folders/shared", write: true, isThere: true },
          { name: "late", isThere: true },
        ],
      },
      inside: ["incoming", "late", "shared"],
      // A link of the host's leads nowhere inside.
      "/folders/incoming/link": "No such file or directory",
      "/folders/incoming/relative": "No such file or directory",
      "/folders/incoming/order": "Read-only file system",
      "/folders/shared/note": "4",
      "/folders/new": "Read-only file system",
    });
    expect(readFileSync(join(incoming, "order"), "utf8")).toBe("seven");
  });

  it("another project sees neither the folder nor its name", async () => {
    const path = join(incoming, "order");
    const found = await ask(runnerd(), { projectId: "project2" }, `/folders/incoming/order ${path}`);
    expect(found).toMatchObject({
      granted: { project: "project2", folders: [{ name: "shared" }] },
      inside: ["shared"],
      "/folders/incoming/order": "No such file or directory",
      [path]: "No such file or directory",
    });
    expect(JSON.stringify(found.granted)).not.toMatch(/incoming|late/);
    expect(await ask(runnerd(), { projectId: "project4" })).toMatchObject({ granted: { folders: [] }, inside: null });
  });

  it("an action that does not ask sees none", async () => {
    const found = await ask(runnerd(), { projectId: "project1", usesFolders: false }, "/folders/incoming/order");
    expect(found).toEqual({ granted: null, inside: null, "/folders/incoming/order": "No such file or directory" });
  });

  it("a link to what is Millrace's own is no folder", async () => {
    rmSync(leading, { force: true });
    symlinkSync(resolve("actions"), leading);
    const asked = { ...(await runnerd().specOf(handler, 3)), usesFolders: true, projectId: "project3" };
    expect(errorOf(await runnerd().call(asked, { read: "", write: "" }))).toMatchObject({
      class: "SandboxUnavailable",
      message: expect.stringContaining("the folder leading leads to where Millrace keeps what is its own"),
    });
  });

  it("what is mounted later is seen by who starts later", async ({ skip }) => {
    skip(!mayMount, "only root mounts, and not everywhere");
    execFileSync("mount", ["-t", "tmpfs", "-o", "mode=0755", "tmpfs", late]);
    try {
      writeFileSync(join(late, "order"), "eight");
      expect(await ask(runnerd(), { projectId: "project1" }, "/folders/late/order")).toMatchObject({
        "/folders/late/order": "eight",
      });
    } finally {
      execFileSync("umount", ["-l", late]);
    }
  });
});

describe("at L2, where folders are told where they lie,", () => {
  const runnerd = useRunnerdAt("L2", { MILLRACE_FOLDERS: folders });
  const [order, link, note, other] = [
    join(incoming, "order"),
    join(incoming, "link"),
    join(shared, "note"),
    join(root, "x"),
  ];
  const denied = "Permission denied";

  it("an action that asks for its project's has them, and no other", async () => {
    const found = await ask(runnerd(), { projectId: "project1" }, `${order} ${link}`, `${order} ${note} ${other}`);
    expect(found).toMatchObject({ [link]: denied, [order]: denied, [note]: "4", [other]: denied });
    expect(found.granted.folders[0]).toEqual({ name: "incoming", path: incoming, write: false, isThere: true });
    expect(await ask(runnerd(), { projectId: "project1" }, order)).toMatchObject({ [order]: "seven" });
    for (const spec of [{ projectId: "project2" }, { projectId: "project1", usesFolders: false }])
      expect(await ask(runnerd(), spec, order)).toMatchObject({ [order]: denied });
  });
});

describe("where nothing is mounted", () => {
  const runnerd = useRunnerdAt("L1", { MILLRACE_FOLDERS: folders });

  it("an action is told where its folders are", async () => {
    const found = await ask(runnerd(), { projectId: "project2" });
    expect(found.granted.folders).toEqual([{ name: "shared", path: shared, write: true, isThere: true }]);
  });
});

describe("runnerd", () => {
  it("does not start with its own folder granted", async () => {
    const own = { MILLRACE_FOLDERS: `mine=${resolve("dist")}:project1` };
    await expect(TestRunnerd.start(own)).rejects.toThrow(/runnerd ended with status 1/);
  });
});
