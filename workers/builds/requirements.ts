import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { BuildFailed } from "./build-tools";

const requirementPattern =
  /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[A-Za-z0-9._,\s-]*\])?\s*(@\s*\S+|\(?\s*((?:===|[=~!<>]=|[<>])\s*[^;#\s]+.*)?\)?)?\s*(;.*)?$/;
const optionPattern = /^(--(?:extra-)?index-url|-i)[\s=]+(https:\/\/\S+)$/;
const includePattern = /^(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)$/;
const maxIncludes = 20;

/** Joins continued lines and takes comments out; keeps each line's number for messages. */
function logicalLines(text: string): { line: number; text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let continued: { line: number; text: string } | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const current = continued ?? { line: index + 1, text: "" };
    current.text += raw.endsWith("\\") ? raw.slice(0, -1) : raw;
    continued = raw.endsWith("\\") ? current : undefined;
    if (!continued) lines.push({ line: current.line, text: current.text.replace(/(^|\s)#.*$/, "").trim() });
  });
  return lines.filter((line) => line.text !== "");
}

/**
 * Reads a requirements file, and those it includes from the same package.
 * @throws BuildFailed quoting file, line and text
 */
export async function readRequirements(packageDir: string, file: string, depth = 0): Promise<string[]> {
  if (depth > maxIncludes) throw new BuildFailed(`${file}: requirements files include each other.`);
  return checkRequirements(packageDir, file, await readFile(join(packageDir, file), "utf8"), depth);
}

/**
 * The lines of a requirements text. Those that name places on this machine are refused: the installer could read there
 * what the package's author may not.
 * @throws BuildFailed quoting file, line and text
 */
export async function checkRequirements(packageDir: string, file: string, text: string, depth = 0): Promise<string[]> {
  const lines: string[] = [];
  for (const { line, text: written } of logicalLines(text)) {
    const refuse = (why: string) => new BuildFailed(`${file}, line ${line}: “${written}” ${why}.`);
    const included = includePattern.exec(written)?.[1];
    const withoutHashes = written.replace(/\s+--hash[=\s]\S+/g, "").trim();
    if (included) {
      const path = normalize(join(dirname(file), included));
      if (path.startsWith("..") || included.startsWith("/")) throw refuse("names a file outside the package");
      const more = await readRequirements(packageDir, path, depth + 1).catch((error) => {
        throw error instanceof BuildFailed ? error : refuse("names a file that cannot be read");
      });
      lines.push(...more);
    } else if (optionPattern.test(written)) {
      lines.push(written);
    } else if (written.startsWith("-")) {
      throw refuse("is an option that is not supported here");
    } else if (!requirementPattern.test(withoutHashes)) {
      throw refuse("is not a requirement such as “requests>=2.31”");
    } else if (/^[^@;]*@(?!\s*https:\/\/)/.test(withoutHashes)) {
      throw refuse("must name an https:// address of a wheel");
    } else {
      lines.push(withoutHashes);
    }
  }
  return lines;
}
