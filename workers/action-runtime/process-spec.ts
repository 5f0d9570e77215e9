import type { ActionInterface } from "@/lib/actions/interface";
import type { NetworkAccess } from "@/lib/actions/network";
import type { ProcessSpec } from "./protocol";
import { limitsOf, type ResourceCaps } from "./resource-limits";

export interface BuiltPackage {
  projectId: string;
  sandboxNumber: number;
  interface: ActionInterface;
  packageDir: string;
  depsDir: string | null;
  /** `major.minor` of the interpreter that its dependencies were built for. */
  python: string | null;
  /** What is granted to it. */
  network: NetworkAccess;
  /** What its project may give it. */
  caps?: ResourceCaps;
}

/** What the process of a built package is made for. */
export function processSpec({ interface: described, ...built }: BuiltPackage): ProcessSpec {
  const { id, language, pythonVersion, entry, inputs, outputs, resources, folders, isolation } = described;
  return {
    projectId: built.projectId,
    actionId: id,
    sandboxNumber: built.sandboxNumber,
    language: language === "node" ? "node" : "python",
    packageDir: built.packageDir,
    depsDir: built.depsDir,
    interpreter: built.python ?? pythonVersion,
    entry,
    inputs: inputs.map(({ name, type }) => ({ name, type })),
    outputs: outputs.map(({ name, type }) => ({ name, type })),
    network: built.network,
    usesFolders: folders,
    limits: limitsOf(resources, built.caps),
    isolation,
  };
}
