import { beforeAll, expect, it } from "vitest";
import {
  deleteActionContract,
  listActionsContract,
  pushActionsContract,
  showActionContract,
} from "@/lib/actions/contract";
import { refusal } from "../support/checked";
import { filesOf, type PackageSpec, withFolder, withPackages, writeFiles, zipFolder } from "../support/packages";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const greet: PackageSpec = {
  id: "greet",
  inputs: { name: { type: "string", default_value: "World" } },
  outputs: { greeting: "string" },
  code: "def handle(inputs):\n    return {'greeting': 'Hello ' + inputs['name']}\n",
};

const pushZip = (body: BodyInit) => project.api(pushActionsContract, { body });
const push = (...specs: PackageSpec[]) => withPackages(specs, async (folder) => pushZip(await zipFolder(folder)));
const show = (action: string, version: string) =>
  project.api(showActionContract, { params: { project: project.id, action, version } });
const remove = (action: string, version: string) =>
  project.api(deleteActionContract, { params: { project: project.id, action, version } });

it.concurrent("builds what is pushed, and shows it by version and as the latest", async () => {
  await project.pushCode({ ...greet, id: "shown", version: "1.0" }, { ...greet, id: "shown", version: "1.1" });
  const first = await show("shown", "1.0");
  expect(first).toMatchObject({
    id: "shown",
    version: "1.0",
    kind: "action",
    state: "built",
    source: "upload",
    error: null,
  });
  expect(first.inputs).toEqual([
    { name: "name", humanName: "name", help: "", type: "string", optional: false, defaultValue: "World" },
  ]);
  expect(first.buildLog.at(-1)?.line).toMatch(/^Built in /);
  expect((await show("shown", "latest")).version).toBe("1.1");
  const { items } = await project.api(listActionsContract);
  expect(items.filter((item) => item.id === "shown").map((item) => item.version)).toEqual(["1.1", "1.0"]);
});

it.concurrent("answers a build log after the line that the reader has", async () => {
  await project.pushCode({ ...greet, id: "logged" });
  const { buildLog } = await show("logged", "1.0");
  const params = { project: project.id, action: "logged", version: "1.0" };
  const rest = await project.api(showActionContract, { params, query: { afterLine: 1 } });
  expect(rest.buildLog).toEqual(buildLog.slice(1));
  const error = await refusal(project.api(showActionContract, { params, query: { afterLine: -1 } }));
  expect([error.status, error.issues.map((issue) => issue.path)]).toEqual([422, ["query.afterLine"]]);
});

it.concurrent("takes the same content again, and refuses other content under a version", async () => {
  await project.pushCode({ ...greet, id: "again" });
  const before = await show("again", "1.0");
  const { items } = await push({ ...greet, id: "again" });
  expect(items[0]?.action).toMatchObject({ hash: before.hash, state: "built", createdAt: before.createdAt });
  const error = await refusal(push({ ...greet, id: "again", code: "def handle(inputs): return {}\n" }));
  expect([error.status, error.code, error.issues[0]?.code]).toEqual([409, "conflict", "version_taken"]);
  expect(error.message).toContain("Raise spec.version");
  expect((await show("again", "1.0")).hash).toBe(before.hash);
});

it.concurrent("keeps the good packages of a folder with a broken one, and says what is wrong with that", async () => {
  const { items } = await push({ ...greet, id: "good-one" }, { ...greet, id: "Bad_One" });
  const byPath = new Map(items.map((item) => [item.path, item]));
  expect(byPath.get("good-one-1.0")?.action?.id).toBe("good-one");
  const broken = byPath.get("Bad_One-1.0");
  expect(broken?.action).toBeNull();
  expect(broken?.problems).toEqual([
    {
      path: "ryax_metadata.yaml",
      line: 4,
      message: "spec.id: may only hold lower-case letters, digits, dots and dashes.",
    },
  ]);
});

it.concurrent("takes the second of two folders with one id and version for a mistake", async () => {
  const { items } = await withFolder(async (folder) => {
    await writeFiles(`${folder}/a`, filesOf({ ...greet, id: "doubled" }));
    await writeFiles(`${folder}/b`, filesOf({ ...greet, id: "doubled" }));
    return pushZip(await zipFolder(folder));
  });
  expect(items.map((item) => item.action?.id ?? item.problems[0]?.code)).toEqual(["doubled", "twice"]);
});

it.concurrent("does not list a package inside another one", async () => {
  const { items } = await withFolder(async (folder) => {
    await writeFiles(`${folder}/outer`, filesOf({ ...greet, id: "outer" }));
    await writeFiles(`${folder}/outer/examples/inner`, filesOf({ ...greet, id: "inner" }));
    return pushZip(await zipFolder(folder));
  });
  expect(items.map((item) => item.path)).toEqual(["outer"]);
});

it.concurrent("tries a build that failed again when it is pushed again", async () => {
  const broken = { ...greet, id: "broken-build", code: "def handle(inputs:\n" };
  await expect(project.pushCode(broken)).rejects.toThrow(/ryax_handler\.py: line 1: /);
  expect(await show("broken-build", "1.0")).toMatchObject({ state: "failed" });
  const { items } = await push(broken);
  expect(items[0]?.action?.state).toBe("pending");
});

it.concurrent("refuses what is no zip, or holds no package, with the reason", async () => {
  const noZip = await refusal(pushZip("this is no zip"));
  expect([noZip.status, noZip.code]).toEqual([422, "invalid_package"]);
  expect(noZip.message).toMatch(/not a readable zip/);
  const empty = await refusal(
    withFolder(async (folder) => {
      await writeFiles(folder, { "README.md": "nothing here" });
      return pushZip(await zipFolder(folder));
    }),
  );
  expect(empty.message).toMatch(/there is no ryax_metadata.yaml/);
});

it.concurrent("deletes a version that no workflow uses", async () => {
  await project.pushCode({ ...greet, id: "unused" });
  await remove("unused", "1.0");
  expect((await refusal(show("unused", "1.0"))).code).toBe("not_found");
  expect((await refusal(remove("unused", "1.0"))).code).toBe("not_found");
});

it.concurrent("refuses to delete a version that a workflow uses, and what comes with Millrace", async () => {
  await project.pushCode({ ...greet, id: "in-use" });
  const workflow = await project.deployManual({ name: "User of it", steps: { greet: { use: "in-use" } } });
  const error = await refusal(remove("in-use", "1.0"));
  expect([error.status, error.code]).toEqual([409, "conflict"]);
  expect(error.issues).toEqual([{ path: `workflows.${workflow.id}`, message: "User of it (live)" }]);
  expect((await refusal(remove("httpapijson", "1.0"))).code).toBe("conflict");
});

it.concurrent("answers 404 for a version that is not there", async () => {
  expect((await refusal(show("no-such-action", "latest"))).code).toBe("not_found");
  expect((await refusal(show("greet", "9.9"))).code).toBe("not_found");
});
