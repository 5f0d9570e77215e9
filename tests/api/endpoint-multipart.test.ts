import { createHash, randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { TestProject } from "../support/project";
import { zipOf } from "../support/zip";

let project: TestProject;

const describeFile = `
import hashlib, os
def handle(i):
    path = i["file"]
    if path is None:
        return {"name": "none", "size": 0, "sha256": ""}
    data = open(path, "rb").read()
    return {"name": os.path.basename(path), "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
`;
const listFolder = `
import json, os
def handle(i):
    found = []
    for folder, _, files in os.walk(i["folder"]):
        for name in files:
            full = os.path.join(folder, name)
            found.append([os.path.relpath(full, i["folder"]), open(full).read()])
    return {"name": os.path.basename(i["folder"]), "listing": json.dumps(sorted(found))}
`;

beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "describe-file",
      inputs: { file: { type: "file", optional: true } },
      outputs: { name: "string", size: "integer", sha256: "string" },
      code: describeFile,
    },
    {
      id: "list-folder",
      inputs: { folder: "directory" },
      outputs: { name: "string", listing: "string" },
      code: listFolder,
    },
  );
  await project.deployEndpoint({
    path: "/file",
    inputs: {
      file: { type: "file", optional: true },
      note: { type: "string", optional: true },
      count: { type: "integer", optional: true },
      flag: { type: "boolean", optional: true },
    },
    steps: { describe: { use: "describe-file", with: { file: "=api.file" } } },
    results: {
      name: "describe.name",
      size: "describe.size",
      sha256: "describe.sha256",
      note: "api.note",
      count: "api.count",
    },
  });
  await project.deployEndpoint({
    path: "/folder",
    inputs: { folder: "directory" },
    steps: { list: { use: "list-folder", with: { folder: "=api.folder" } } },
    results: { name: "list.name", listing: "list.listing" },
  });
});

function form(parts: Record<string, string | [Blob, string]>): FormData {
  const body = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === "string") body.append(name, part);
    else body.append(name, ...part);
  }
  return body;
}

const send = (path: string, parts: Parameters<typeof form>[0]) =>
  project.call(path, { method: "POST", body: form(parts) });

it.concurrent.each([
  ["empty.txt", 0],
  ["Übersicht 東京.csv", 12],
  ["large.bin", 5 * 1024 * 1024],
])("gives the handler the file %s of %i bytes under its name", async (name, size) => {
  const content = randomBytes(size);
  const answer = await send("/file", { file: [new Blob([content]), name], note: "a note ☀", count: "3" });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { name, size, sha256: createHash("sha256").update(content).digest("hex"), note: "a note ☀", count: 3 },
  ]);
});

it.concurrent("keeps nothing of a name but its last part", async () => {
  const answer = await send("/file", { file: [new Blob(["x"]), "../../etc/passwd"] });
  expect((await answer.json()).name).toBe("passwd");
});

it.concurrent("takes a form without the file that may be left out", async () => {
  expect(await (await send("/file", { note: "only" })).json()).toMatchObject({
    name: "none",
    note: "only",
    count: null,
  });
});

it.concurrent("takes a part without a file name for the file that the input asks for", async () => {
  const answer = await send("/file", { file: "its text" });
  expect(await answer.json()).toMatchObject({ name: "file", size: 8 });
});

it.concurrent("gives the handler an uploaded zip as a folder", async () => {
  const zip = await zipOf({ "a.txt": "one", "sub/b.txt": "two", "sub/ü.txt": "three" });
  const answer = await send("/folder", { folder: [new Blob([zip]), "things.zip"] });
  const { name, listing } = await answer.json();
  expect([answer.status, name, JSON.parse(listing)]).toEqual([
    200,
    "things",
    [
      ["a.txt", "one"],
      ["sub/b.txt", "two"],
      ["sub/ü.txt", "three"],
    ],
  ]);
});

it.concurrent("lists each part that is wrong", async () => {
  const answer = await send("/file", { count: "three", flag: "maybe" });
  expect([answer.status, (await answer.json()).errors]).toEqual([
    422,
    [
      { path: "body.count", message: "must be a whole number" },
      { path: "body.flag", message: "must be true or false" },
    ],
  ]);
  const folder = await send("/folder", {});
  expect([folder.status, (await folder.json()).errors]).toEqual([
    422,
    [{ path: "body.folder", message: "is required" }],
  ]);
});

it.concurrent("refuses a directory that is no zip as the caller's mistake", async () => {
  const answer = await send("/folder", { folder: [new Blob(["no zip at all"]), "things.zip"] });
  expect([answer.status, (await answer.json()).errors]).toEqual([
    422,
    [{ path: "body.folder", message: "must be an uploaded zip" }],
  ]);
});

it.concurrent("refuses a form that ends in its middle", async () => {
  const answer = await project.call("/file", {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=xyz" },
    body: '--xyz\r\nContent-Disposition: form-data; name="note"\r\n\r\nhalf',
  });
  expect([answer.status, (await answer.json()).status]).toEqual([400, 400]);
});

it.concurrent("refuses a form without a boundary, and one of too many parts", async () => {
  const bare = await project.call("/file", {
    method: "POST",
    headers: { "content-type": "multipart/form-data" },
    body: "x",
  });
  expect(bare.status).toBe(400);
  const many = new FormData();
  for (let count = 0; count < 400; count++) many.append(`part${count}`, "x");
  expect((await project.call("/file", { method: "POST", body: many })).status).toBe(413);
});

it.concurrent("says what to send where it is sent something else", async () => {
  const text = await project.call("/folder", { method: "POST", headers: { "content-type": "text/plain" }, body: "x" });
  const problem = await text.json();
  expect([text.status, problem.status]).toEqual([415, 415]);
  expect(problem.message).toContain("multipart/form-data");
});
