import { listFiles, packageLimits } from "@/lib/archives";
import { AppError } from "@/lib/errors";
import { type CheckedPackage, checkPackage, findPackages } from "./check-package";
import { metadataFileName } from "./metadata";

/**
 * Checks every package below a folder, in the order of their paths. Of two with the same identity the second is refused.
 * @throws AppError `invalid_package` for too many files
 */
export async function checkFolder(folder: string): Promise<CheckedPackage[]> {
  const files = await listFiles(folder);
  if (files.length > packageLimits.maxFiles) {
    throw new AppError(
      "invalid_package",
      `There are ${files.length} files; at most ${packageLimits.maxFiles} are accepted.`,
    );
  }
  const packages: CheckedPackage[] = [];
  const seen = new Set<string>();
  for (const path of findPackages(files)) {
    const checked = await checkPackage(path, files);
    const identity = checked.interface && `${checked.interface.id}@${checked.interface.version}`;
    if (identity && seen.has(identity)) {
      const message = `${identity} stands in another folder too; each pair of id and version may stand once.`;
      const problems = [...checked.problems, { path: metadataFileName, message, code: "twice" }];
      packages.push({ ...checked, interface: null, problems });
    } else {
      if (identity) seen.add(identity);
      packages.push(checked);
    }
  }
  return packages;
}
