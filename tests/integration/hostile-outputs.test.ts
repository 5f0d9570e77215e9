import { beforeAll, describe, expect, it } from "vitest";
import { TestProject } from "../support/project";
import { executeAction } from "../support/step";

const out = { out: { type: "directory" }, optional: { type: "string", optional: true } } as const;
/** Frames of its runner's, which the handler writes itself to the supervisor. */
const forged = `
import json, os, struct, sys
def call_id():
    frame = sys._getframe()
    while not isinstance(frame.f_locals.get("call"), dict): frame = frame.f_back
    return frame.f_locals["call"]["id"]
def say(**message):
    data = json.dumps({"id": call_id(), **message}).encode()
    os.write(200, struct.pack(">IB", len(data) + 1, 1) + data)
def part(stream, kind="directory", name="out", path=""):
    say(type="file", stream=stream, output="out", kind=kind, name=name, path=path)
    os.write(200, struct.pack(">IBI", 6, 2, stream) + b"x")
    say(type="file_end", stream=stream)
`;
const inFolder = (body: string) =>
  `import os\ndef handle(i):\n    os.mkdir("/tmp/out")\n    ${body}\n    return {"out": "/tmp/out"}\n`;
const forging = (body: string) =>
  `${forged}\ndef handle(i):\n    ${body.replaceAll("\n", "\n    ")}\n    say(type="result", outputs={"out": {"stream": 0}}, dirty=False)\n`;

const foldersThatAreNone: Record<string, [code: string, message: RegExp]> = {
  "holds-a-pipe": [inFolder('os.mkfifo("/tmp/out/pipe")'), /not a regular file/],
  "holds-a-drive": [inFolder('open("/tmp/out/c:x", "w").close()'), /holds a file whose name has no place.*c:x/],
  "holds-a-backslash": [inFolder('open("/tmp/out/\\\\x", "w").close()'), /holds a file whose name has no place/],
  "forges-a-way-up": [forging('part(0)\npart(1, path="../../../../tmp/forged")'), /holds a file whose name/],
  "forges-a-root": [forging('part(0)\npart(1, path="/tmp/forged")'), /holds a file whose name has no place/],
};

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    ...Object.entries(foldersThatAreNone).map(([id, [code]]) => ({ id, outputs: out, code })),
    {
      id: "forges-a-name",
      outputs: { out: "file" },
      code: forging('part(0, kind="file", name="a/..")'),
    },
    {
      id: "reads-a-file",
      inputs: { file: "file" },
      outputs: { said: "string" },
      code: "def handle(i): return {'said': i['file'].rsplit('/', 1)[1] + open(i['file']).read()}\n",
    },
  );
});

describe("a folder that can be none ends its step and nothing else", () => {
  it.concurrent.each(Object.entries(foldersThatAreNone))("%s", async (use, [, message]) => {
    const { step, run } = await executeAction(project, use);
    expect([step.state, run.state, step.attempts]).toEqual(["failed", "failed", 1]);
    expect(step.error).toMatchObject({ type: "OutputInvalid", message: expect.stringMatching(message) });
  });
});

it("a file is handed on under a name that is one", async () => {
  const { id } = await project.deployManual({
    name: "forged name",
    steps: {
      first: { use: "forges-a-name" },
      next: { use: "reads-a-file", with: { file: "=first.out" }, after: ["first"] },
    },
    results: { said: "next.said" },
  });
  const run = await project.endedRun((await project.start(id, {}, 20)).id);
  expect([run.state, run.outputs]).toEqual(["completed", { said: "filex" }]);
});
