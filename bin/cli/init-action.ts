import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { stringify } from "yaml";
import { UsageError } from "./context";

const pythonHandler = `def handle(inputs):
    print(f"greeting {inputs['name']}")
    return {"greeting": f"Hello {inputs['name']}!"}
`;

const nodeHandler = `module.exports = async function handle(inputs) {
  console.log(\`greeting \${inputs.name}\`);
  return { greeting: \`Hello \${inputs.name}!\` };
};
`;

const pythonRun = `import asyncio


async def run(service, input_values):
    while True:
        await service.create_run({"greeting": f"Hello {input_values['name']}!"})
        await asyncio.sleep(60)
`;

const nodeRun = `const { setTimeout: sleep } = require("node:timers/promises");

module.exports = async function run(service, inputs) {
  for (;;) {
    await service.createRun({ greeting: \`Hello \${inputs.name}!\` });
    await sleep(60_000, undefined, { signal: service.signal });
  }
};
`;

const codes = {
  python3: { action: ["ryax_handler.py", pythonHandler], trigger: ["ryax_run.py", pythonRun] },
  nodejs: { action: ["ryax_handler.js", nodeHandler], trigger: ["ryax_run.js", nodeRun] },
} as const;

function idOf(dir: string): string {
  const id = basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .slice(0, 24);
  return id.length >= 3 ? id : `${id}-action`;
}

/** Writes a package skeleton into an empty or new folder. @returns the files' names */
export function initAction(dir: string, type: string, trigger: boolean): string[] {
  if (type !== "python3" && type !== "nodejs") throw new UsageError("--type must be python3 or nodejs.");
  const folder = resolve(dir);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new UsageError(`${dir} is not empty.`);
  const metadata = {
    apiVersion: "ryax.tech/v2.0",
    kind: trigger ? "Source" : "Processor",
    spec: {
      id: idOf(folder),
      human_name: basename(folder).padEnd(3, "."),
      type,
      version: "0.1.0",
      description: "Says hello.",
      inputs: [{ name: "name", human_name: "Name", help: "Who is greeted", type: "string", default_value: "World" }],
      outputs: [{ name: "greeting", human_name: "Greeting", help: "What was said", type: "string" }],
    },
  };
  const [codeFile, code] = codes[type][trigger ? "trigger" : "action"];
  const files: Record<string, string> = {
    "ryax_metadata.yaml": stringify(metadata, { version: "1.1" }).replace(/^%YAML 1\.1\n---\n/, ""),
    [codeFile]: code,
  };
  if (type === "python3") files["requirements.txt"] = "# One package a line, as in: requests>=2.31\n";
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return Object.keys(files);
}
