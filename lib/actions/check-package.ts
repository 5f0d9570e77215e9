import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { imageSize } from "image-size";
import { hashFiles, type ListedFile } from "@/lib/archives";
import type { Issue } from "@/lib/errors";
import type { ActionInterface } from "./interface";
import { metadataFileName, readMetadata } from "./metadata";

export interface CheckedPackage {
  /** The package's folder within what was sent; empty for its root. */
  path: string;
  files: ListedFile[];
  interface: ActionInterface | null;
  problems: Issue[];
  contentHash: string;
  size: number;
}

const logoSuffixes = [".png", ".jpg", ".jpeg"];
const maxLogoPixels = 250;
const nearMisses: Record<string, string> = {
  "requirement.txt": "requirements.txt",
  "requirements.txt.txt": "requirements.txt",
  "package.js": "package.json",
};

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The package folders among these files: those with metadata that are not inside another one. */
export function findPackages(files: Pick<ListedFile, "path">[]): string[] {
  const folders = files
    .filter((file) => file.path.split("/").at(-1) === metadataFileName)
    .map((file) => folderOf(file.path));
  const inside = (folder: string, other: string) =>
    other !== folder && (other === "" || folder.startsWith(`${other}/`));
  return folders.filter((folder) => !folders.some((other) => inside(folder, other))).sort();
}

async function checkLogo(logo: string, files: ListedFile[], report: (message: string) => void): Promise<void> {
  const file = files.find((candidate) => candidate.path === logo.replace(/^\.\//, ""));
  if (!logoSuffixes.includes(extname(logo).toLowerCase()))
    return report(`spec.logo: ${logo} must be a .png, .jpg or .jpeg file.`);
  if (!file) return report(`spec.logo: there is no file ${logo} in the package.`);
  try {
    const { width, height, type } = imageSize(await readFile(file.absolutePath));
    if (type !== "png" && type !== "jpg") report(`spec.logo: ${logo} is neither a PNG nor a JPEG image.`);
    else if (width > maxLogoPixels || height > maxLogoPixels) {
      report(
        `spec.logo: ${logo} is ${width} x ${height} pixels; at most ${maxLogoPixels} x ${maxLogoPixels} are accepted.`,
      );
    }
  } catch {
    report(`spec.logo: ${logo} is not an image that can be read.`);
  }
}

/** Checks one package folder, metadata and files, and says everything that is wrong with it. Runs none of its code. */
export async function checkPackage(path: string, allFiles: ListedFile[]): Promise<CheckedPackage> {
  const prefix = path === "" ? "" : `${path}/`;
  const files = allFiles
    .filter((file) => file.path.startsWith(prefix))
    .map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
  const metadata = files.find((file) => file.path === metadataFileName) as ListedFile;
  const text = await readFile(metadata.absolutePath, "utf8");
  const { interface: read, problems } = readMetadata(text);
  const line = (pattern: RegExp) => Math.max(1, text.split("\n").findIndex((candidate) => pattern.test(candidate)) + 1);
  const has = (name: string) => files.some((file) => file.path === name);
  if (read) {
    if (read.language === "internal") {
      problems.push({
        path: metadataFileName,
        line: line(/type:/),
        message: "spec.type: “internal” is for what comes with the platform.",
      });
    } else if (!has(read.entry)) {
      problems.push({
        path: read.entry,
        line: 1,
        message: `The handler's file ${read.entry} is missing from the package.`,
      });
    }
    if (read.logo) {
      const report = (message: string) => problems.push({ path: metadataFileName, line: line(/logo:/), message });
      await checkLogo(read.logo, files, report);
    }
    for (const [wrong, right] of Object.entries(nearMisses)) {
      if (has(wrong) && !has(right))
        problems.push({ path: wrong, severity: "warning", message: `Did you mean ${right}? ${wrong} is not read.` });
    }
    for (const file of files.filter((candidate) => candidate.path.endsWith(".nix"))) {
      problems.push({ path: file.path, severity: "warning", message: "Nix files have no effect here." });
    }
  }
  const failed = problems.some((problem) => problem.severity !== "warning");
  return {
    path,
    files,
    interface: failed ? null : read,
    problems,
    contentHash: await hashFiles(files),
    size: files.reduce((total, file) => total + file.size, 0),
  };
}
