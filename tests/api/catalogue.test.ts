import { beforeAll, expect, it } from "vitest";
import { deleteActionContract, listActionsContract, showActionContract } from "@/lib/actions/contract";
import {
  addCatalogueEntryContract,
  listCatalogueContract,
  readCatalogueLogoContract,
  showCatalogueEntryContract,
} from "@/lib/catalogue/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const add = (action: string) => project.api(addCatalogueEntryContract, { params: { project: project.id, action } });

async function library(): Promise<string[]> {
  return (await project.api(listActionsContract)).items.map((item) => `${item.source} ${item.id}`);
}

it("lists what there is by name, without what each project has anyway", async () => {
  const { items } = await project.api(listCatalogueContract);
  const names = items.map((item) => item.name.toLowerCase());
  expect(names).toEqual([...names].sort());
  expect(items).toContainEqual({
    id: "string-to-file",
    version: "1.0",
    kind: "action",
    name: "String to file",
    description: "Writes a text into a file.",
    type: "python3",
    categories: ["Files", "Text"],
    hasLogo: true,
    network: { policy: "off", hosts: [] },
    folders: false,
  });
  expect(items.find((item) => item.id === "http-request")?.network.policy).toBe("on");
  expect(items.map((item) => item.id)).not.toContain("httpapijson");
});

it("shows one with its inputs, outputs and example", async () => {
  const entry = await project.api(showCatalogueEntryContract, { params: { action: "string-to-file" } });
  expect(entry.inputs.map((input) => input.name)).toEqual(["text", "name", "encoding"]);
  expect(entry.outputs.map((output) => output.name)).toEqual(["file", "size"]);
  expect(entry.example?.inputs).toMatchObject({ name: "greeting.txt" });
});

it("gives its logo as a picture that browsers keep", async () => {
  const answer = await project.raw(readCatalogueLogoContract, { params: { action: "string-to-file" } });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(answer.headers.get("cache-control")).toMatch(/^private, max-age=\d+$/);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
});

it("puts nothing into a library by itself, and what is asked for once", async () => {
  expect(await library()).not.toContainEqual(expect.stringMatching(/string-to-file/));
  const first = await add("string-to-file");
  expect(first).toMatchObject({ id: "string-to-file", version: "1.0", source: "catalogue" });
  const again = await add("string-to-file");
  expect([again.hash, again.createdAt]).toEqual([first.hash, first.createdAt]);
  expect((await library()).filter((item) => item === "catalogue string-to-file")).toHaveLength(1);
  const params = { project: project.id, action: "string-to-file", version: "1.0" };
  await expect
    .poll(async () => (await project.api(showActionContract, { params })).state, { timeout: 20_000 })
    .toBe("built");
  await project.api(deleteActionContract, { params });
  expect(await library()).not.toContain("catalogue string-to-file");
});

it("does not replace a package of the project's own", async () => {
  await project.pushCode({ id: "sleep", code: "def handle(inputs): pass\n" });
  const error = await refusal(add("sleep"));
  expect([error.status, error.code]).toEqual([409, "conflict"]);
  expect(error.message).toContain("another package as sleep@1.0");
});

it("answers 404 for what it does not have, and for what is no package to add", async () => {
  for (const action of ["no-such-entry", "httpapijson", "../actions/sleep"]) {
    expect((await refusal(add(action))).code).toBe("not_found");
    expect((await refusal(project.api(showCatalogueEntryContract, { params: { action } }))).code).toBe("not_found");
    expect((await refusal(project.raw(readCatalogueLogoContract, { params: { action } }))).status).toBe(404);
  }
});
