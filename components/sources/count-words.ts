import type { SourceResource } from "@/lib/sources/contract";
import type { PackageStatus } from "@/lib/sources/status";

export const statusWords: Record<PackageStatus, string> = {
  new: "new",
  changed: "new version",
  unchanged: "in the library",
  taken: "version taken",
  invalid: "invalid",
};

const inOrder: PackageStatus[] = ["new", "changed", "unchanged", "taken", "invalid"];

/** `2 new, 1 invalid` */
export function countWords({ counts, commit }: Pick<SourceResource, "counts" | "commit">): string {
  if (!commit) return "";
  const said = inOrder
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${statusWords[status]}`);
  return said.join(", ") || "no package";
}
