import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { BuildFailed } from "./build-tools";

const requirementPattern =
  /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[A-Za-z0-9._,\s-]*\])?\s*(@\s*\S+|\(?\s*([<>=!~]=?=?\s*[^;#\s]+.*)?\)?)?\s*(;.*)?$/;
const optionPattern = /^(--(?:extra-)?index-url|-i)[\s=]+(https:\/\/\S+)$/;
const includePattern = /^(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)$/;
const maxIncludes = 20;

export interface Requirements {
  /** One requirement or index option a line. */
  lines: string[];
}

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
 * Reads a requirements file, and those it includes from the same package. Lines that name places on this machine are
 * refused: the installer could read there what the package's author may not.
 * @throws BuildFailed quoting file, line and text
 */
export async function readRequirements(packageDir: string, file: string, depth = 0): Promise<string[]> {
  if (depth > maxIncludes) throw new BuildFailed(`${file}: requirements files include each other.`);
  const lines: string[] = [];
  for (const { line, text } of logicalLines(await readFile(join(packageDir, file), "utf8"))) {
    const refuse = (why: string) => new BuildFailed(`${file}, line ${line}: “${text}” ${why}.`);
    const included = includePattern.exec(text)?.[1];
    const withoutHashes = text.replace(/\s+--hash[=\s]\S+/g, "").trim();
    if (included) {
      const path = normalize(join(dirname(file), included));
      if (path.startsWith("..") || included.startsWith("/")) throw refuse("names a file outside the package");
      lines.push(
        ...(await readRequirements(packageDir, path, depth + 1).catch(() =>
          Promise.reject(refuse("names a file that cannot be read")),
        )),
      );
    } else if (optionPattern.test(text)) {
      lines.push(text);
    } else if (text.startsWith("-")) {
      throw refuse("is an option that is not supported here");
    } else if (!requirementPattern.test(withoutHashes)) {
      throw refuse("is not a requirement such as “requests>=2.31”");
    } else if (/@\s*(?!https:\/\/)/.test(withoutHashes.split(";")[0] ?? "")) {
      throw refuse("must name an https:// address of a wheel");
    } else {
      lines.push(withoutHashes);
    }
  }
  return lines;
}
