import { beforeAll, describe, expect, it } from "vitest";
import { runLogsContract } from "@/lib/runs/logs/contract";
import type { PackageSpec } from "../support/packages";
import { TestProject } from "../support/project";

const bareClass = `
class RyaxException(Exception):
    message: str
    code: int
`;
const dataclass = `
from dataclasses import dataclass
@dataclass
class RyaxException(Exception):
    message: str
    code: int
`;
const withInit = `
class RyaxException(Exception):
    def __init__(self, message, code):
        self.message = message
        self.code = code
`;
const subclass = `${dataclass}
class NotFound(RyaxException):
    def __init__(self, what):
        super().__init__(message=what + " was not found", code=404)
`;
const python = (define: string, raise: string) =>
  `${define}\ndef handle(inputs):\n    ${raise.replaceAll("\n", "\n    ")}\n`;

/** Each way in which an action may refuse, with what the caller is told. */
const refusals: [name: string, type: "python3" | "nodejs", code: string, status: number, message: string][] = [
  [
    "bare-keywords",
    "python3",
    python(bareClass, 'raise RyaxException(message="too young", code=403)'),
    403,
    "too young",
  ],
  ["bare-positions", "python3", python(bareClass, 'raise RyaxException("too young", 403)'), 403, "too young"],
  ["dataclass", "python3", python(dataclass, 'raise RyaxException(message="gone", code=410)'), 410, "gone"],
  ["dataclass-positions", "python3", python(dataclass, 'raise RyaxException("gone", 410)'), 410, "gone"],
  ["with-init", "python3", python(withInit, 'raise RyaxException("slow down", 429)'), 429, "slow down"],
  ["subclass", "python3", python(subclass, 'raise NotFound("Oslo")'), 404, "Oslo was not found"],
  ["upper-bound", "python3", python(bareClass, 'raise RyaxException(message="m", code=599)'), 599, "m"],
  [
    "async-handler",
    "python3",
    `${bareClass}\nasync def handle(inputs):\n    raise RyaxException(message="async", code=409)\n`,
    409,
    "async",
  ],
  [
    "no-message",
    "python3",
    python("class RyaxException(Exception): pass", "e = RyaxException()\ne.code = 422\nraise e"),
    422,
    "",
  ],
  [
    "unicode-message",
    "python3",
    python(bareClass, 'raise RyaxException(message="Zürich ☀ \\ud83d", code=400)'),
    400,
    "Zürich ☀ \ud83d",
  ],
  [
    "node-class",
    "nodejs",
    'class RyaxException extends Error { constructor(m, c) { super(m); this.code = c; } }\nmodule.exports = () => { throw new RyaxException("from node", 451); };',
    451,
    "from node",
  ],
  [
    "node-plain-object",
    "nodejs",
    'module.exports = async () => { throw { name: "RyaxException", message: "plain", code: 402 }; };',
    402,
    "plain",
  ],
  [
    "node-named-error",
    "nodejs",
    'module.exports = () => { const e = new Error("named"); e.name = "RyaxException"; e.code = 418; throw e; };',
    418,
    "named",
  ],
];

const codesOutOfRange: [name: string, code: string][] = [
  ["code-200", "200"],
  ["code-399", "399"],
  ["code-600", "600"],
  ["code-text", '"404"'],
  ["code-none", "None"],
  ["code-bool", "True"],
];

const outOfRange = (code: string): string => python(bareClass, `raise RyaxException(message="odd code", code=${code})`);

/** Failures that are nobody's message to the caller. */
const crashes: [name: string, type: "python3" | "nodejs", code: string, errorType: string][] = [
  ["value-error", "python3", "def handle(i):\n    raise ValueError('db password is hunter2')\n", "ValueError"],
  ["exit", "python3", "import sys\ndef handle(i):\n    sys.exit('hunter2')\n", "SystemExit"],
  ["hard-exit", "python3", "import os\ndef handle(i):\n    print('hunter2'); os._exit(3)\n", "WorkerExited"],
  ["bad-import", "python3", "import no_such_module_hunter2\ndef handle(i): pass\n", "ModuleNotFoundError"],
  ["type-error", "nodejs", "module.exports = () => { throw new TypeError('hunter2'); };", "TypeError"],
  ["thrown-text", "nodejs", "module.exports = () => { throw 'hunter2'; };", "Error"],
  [
    "looks-alike",
    "python3",
    "class HTTPException(Exception):\n    message = 'hunter2'\n    code = 404\ndef handle(i):\n    raise HTTPException()\n",
    "HTTPException",
  ],
];

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  const packages: PackageSpec[] = [
    ...refusals.map(([id, type, code]) => ({ id, type, code })),
    ...codesOutOfRange.map(([id, code]) => ({ id, code: outOfRange(code) })),
    ...crashes.map(([id, type, code]) => ({ id, type, code })),
    { id: "nothing", code: "def handle(i): pass\n" },
  ];
  await project.pushCode(...packages);
  for (const { id } of packages) {
    const steps = {
      before: { use: "nothing" },
      [id]: { use: id, after: ["before"] },
      later: { use: "nothing", after: [id] },
    };
    await project.deployEndpoint({ path: `/${id}`, steps });
  }
}, 240_000);

async function call(id: string) {
  const answer = await project.post(`/${id}`, {});
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const text = await answer.text();
  return { status: answer.status, text, problem: JSON.parse(text) };
}

describe("a RyaxException", () => {
  it.concurrent.each(refusals)("%s (%s) decides status and message", async (id, _type, _code, status, message) => {
    const { status: answered, problem } = await call(id);
    expect([answered, problem.message, problem.error, problem.code]).toEqual([status, message, message, status]);
    const run = await project.endedRun(problem.workflow_run_id);
    expect(run).toMatchObject({
      state: "failed",
      http: { status, answered: status },
      error: { code: status, node: id },
    });
    expect(run.steps.map((step) => step.state)).toEqual(["completed", "completed", "failed", "skipped"]);
  });

  it.concurrent.each(codesOutOfRange)("with %s is answered 500 with its message, and a note in the log", async (id) => {
    const { status, problem } = await call(id);
    expect([status, problem.message]).toEqual([500, "odd code"]);
    const params = { project: project.id, run: problem.workflow_run_id };
    const { items } = await project.api(runLogsContract, { params });
    expect(items.filter((line) => line.stream === "system").map((line) => line.line)).toEqual([
      expect.stringMatching(/^The RyaxException's code .*; callers are answered 500\.$/),
    ]);
  });
});

describe("any other failure", () => {
  it.concurrent.each(crashes)(
    "%s (%s) is answered 500 and tells the caller nothing",
    async (id, _type, _code, errorType) => {
      const { status, text, problem } = await call(id);
      expect(status).toBe(500);
      expect(text).not.toMatch(/hunter2|Error:|Traceback|ryax_handler|\/work|SystemExit/);
      expect(problem.message).toContain(problem.workflow_run_id);
      expect(problem.code).toBeUndefined();
      const run = await project.endedRun(problem.workflow_run_id);
      expect(run.error).toMatchObject({ type: errorType, node: id, code: null });
    },
  );
});
