import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listRunsContract, type RunDetail } from "@/lib/runs/contract";
import { stopWorkflowContract } from "@/lib/workflows/contract";
import { Cli } from "../support/cli";
import { TestProject } from "../support/project";

const folder = mkdtempSync(join(tmpdir(), "millrace-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const code = `import os

def handle(i):
    root = i["folder"]
    found = [os.path.relpath(os.path.join(at, name), root) for at, _, names in os.walk(root) for name in names]
    size = os.path.getsize(i["note"])
    return {"said": f"{i['city']}: {open(i['note']).read(4)} of {size} with {' '.join(sorted(found))}"}
`;
const inputs = { city: "string", note: "file", folder: "directory" } as const;
const noteBytes = 8 * 1024 * 1024;

let project: TestProject;
let cli: Cli;
let workflow: string;
beforeAll(async () => {
  project = await TestProject.create();
  cli = new Cli(folder, { MILLRACE_TOKEN: project.admin.token, MILLRACE_PROJECT: project.id });
  await project.pushCode({ id: "reads-both", inputs, outputs: { said: "string" }, code });
  const given = { city: "=api.city", note: "=api.note", folder: "=api.folder" };
  const steps = { reads: { use: "reads-both", with: given } };
  workflow = (await project.deployManual({ name: "Takes files", inputs, steps, results: { said: "reads.said" } })).id;
  writeFileSync(join(folder, "note=1.txt"), "rain".padEnd(noteBytes, "."));
  writeFileSync(join(folder, "large.bin"), "");
  truncateSync(join(folder, "large.bin"), 64 * 1024 * 1024 + 1);
  mkdirSync(join(folder, "photos/node_modules"), { recursive: true });
  for (const name of ["a.txt", ".hidden", "node_modules/deep.txt"]) writeFileSync(join(folder, "photos", name), name);
  symlinkSync("/etc/hostname", join(folder, "photos/link"));
});

const start = ["run", "start", "Takes files", "--input", '{"city": "Oslo"}'];
const both = ["--file", "note=./note=1.txt", "--file", "folder=photos"];

it.concurrent("a run is started with a file and a folder of this machine", async () => {
  const run = await cli.json<RunDetail>([...start, ...both, "--wait"]);
  expect([run.state, run.outputs]).toEqual([
    "completed",
    { said: `Oslo: rain of ${noteBytes} with .hidden a.txt node_modules/deep.txt` },
  ]);
  expect(run.steps[0]?.outputs).toMatchObject({ note: { file: "note=1.txt" }, folder: { directory: "photos" } });
  expect(await cli.text([...start, ...both])).toMatch(/^Started WorkflowRun-\S+\.\n$/);
}, 60_000);

it.concurrent.each([
  ["no path", ["note"], 2, "--file takes NAME=PATH, and was given note."],
  ["a path that is not there", ["note=gone.txt"], 2, "gone.txt does not exist."],
  ["an input twice", ["note=large.bin", "note=large.bin"], 2, "The input “note” is given two files."],
  ["both ways", ["city=large.bin"], 2, "The input “city” is given by --input and by --file."],
  ["no input of the name", ["nose=photos"], 2, "The workflow has no input “nose”. Files are taken by: note, folder."],
  ["a folder for a file", ["note=photos"], 2, "The input “note” takes a file, and photos is a folder."],
  ["a file for a folder", ["folder=large.bin"], 2, "or a zip of one without links, and large.bin is neither."],
  ["too much", ["note=large.bin"], 1, "large.bin cannot be sent: more than 64 MiB are not taken."],
])("%s is refused", async (_, files, status, message) => {
  const result = await cli.json([...start, ...files.flatMap((file) => ["--file", file])], { status });
  expect(result.error).toContain(message);
});

it("an input that takes no file, and a workflow that is not live, are told before anything is sent", async () => {
  const refused = await cli.run(["run", "start", workflow, "--file", "city=note=1.txt"]);
  expect([refused.status, refused.stderr]).toEqual([
    2,
    "The input “city” takes a string and no file: give it with --input.\n",
  ]);
  await project.api(stopWorkflowContract, { params: { project: project.id, workflow }, body: {} });
  const early = await cli.run([...start, ...both]);
  expect([early.status, early.stderr]).toEqual([1, "The workflow is not live. Deploy it first.\n"]);
  expect((await project.api(listRunsContract, { query: {} })).items).toHaveLength(2);
});
