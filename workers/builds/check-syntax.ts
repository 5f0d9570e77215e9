import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ActionInterface } from "@/lib/actions";
import { bareEnvironment } from "../action-runtime/environment";
import { BuildFailed, pythonFor } from "./build-tools";

const run = promisify(execFile);
const checkTimeoutMs = 20_000;

// Reads the syntax tree only: nothing of the package runs.
const pythonCheck = `
import ast, sys
path, kind = sys.argv[1:]
try:
    tree = ast.parse(open(path, "rb").read(), path)
except SyntaxError as error:
    sys.exit("line %s: %s" % (error.lineno, error.msg))
except ValueError as error:
    sys.exit(str(error))
functions = {}
for node in ast.walk(tree):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        functions.setdefault(node.name, node)
names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
names |= {(alias.asname or alias.name) for node in ast.walk(tree) if isinstance(node, (ast.ImportFrom, ast.Import)) for alias in node.names}
if kind == "trigger":
    found = functions.get("run")
    if found is None and "run" not in names:
        sys.exit("there is no function run(service, input_values)")
    if found is not None and not isinstance(found, ast.AsyncFunctionDef):
        sys.exit("line %d: run must be an async def" % found.lineno)
    count, wanted = 2, "(service, input_values)"
else:
    found = functions.get("handle") or functions.get("handler")
    if found is None and not names & {"handle", "handler"}:
        sys.exit("there is no function handle(inputs)")
    count, wanted = 1, "(inputs)"
if found is not None:
    arguments = found.args
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    if (positional < count and arguments.vararg is None) or required > count:
        sys.exit("line %d: %s must take %s" % (found.lineno, found.name, wanted))
`;

/** @throws BuildFailed when the handler's file cannot be parsed or has no handler, with its line */
export async function checkSyntax(packageDir: string, described: ActionInterface): Promise<void> {
  const file = join(packageDir, described.entry);
  const options = { timeout: checkTimeoutMs, env: bareEnvironment({ PATH: "/usr/bin:/bin" }), maxBuffer: 1 << 20 };
  try {
    if (described.language === "node") {
      await run(process.execPath, ["--check", file], options);
      await checkExport(file, described);
    } else {
      const python = await pythonFor(described.pythonVersion);
      await run(python.path, ["-I", "-S", "-c", pythonCheck, file, described.kind], options);
    }
  } catch (error) {
    if (error instanceof BuildFailed) throw error;
    const said = String((error as { stderr?: string }).stderr ?? "").trim();
    const message = described.language === "node" ? nodeMessage(said, file) : (said.split("\n").at(-1) ?? "");
    throw new BuildFailed(`${described.entry}: ${message || "it cannot be parsed"}.`, { cause: error });
  }
}

/** What a module exports is known once it has run; that it exports nothing at all is seen before. */
async function checkExport(file: string, { entry, kind }: ActionInterface): Promise<void> {
  if (/\bexports?\b/.test(await readFile(file, "utf8"))) return;
  const name = kind === "trigger" ? "run(service, inputs)" : "handle(inputs)";
  throw new BuildFailed(`${entry}: it exports nothing. Assign ${name} to module.exports.`);
}

function nodeMessage(said: string, file: string): string {
  const line = new RegExp(`${basename(file).replaceAll(".", "\\.")}:(\\d+)`).exec(said)?.[1];
  const error = said.split("\n").find((text) => /^\w*Error( \[\w+\])?:/.test(text)) ?? "";
  // A package.json that is not JSON is named by where this machine keeps it.
  return `${line ? `line ${line}: ` : ""}${error.replaceAll(`${dirname(file)}/`, "")}`;
}
