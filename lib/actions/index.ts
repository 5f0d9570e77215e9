export { awaitBuilds } from "./await-builds";
export { type Builtin, offeredBuiltins } from "./builtins";
export { checkFolder } from "./check-folder";
export { type CheckedPackage, checkPackage, findPackages } from "./check-package";
export { deleteAction } from "./delete-action";
export { grantAuditAction, grantNetwork } from "./grant-network";
export { importPackage, printable, versionTaken } from "./import-package";
export { ensureBuiltins } from "./install-builtins";
export { type ActionInterface, actionInterfaceSchema } from "./interface";
export { listActions } from "./list-actions";
export { presentActionVersion } from "./present";
export { importFolder, pushActions } from "./push-actions";
export { readPackage } from "./read-package";
export { showAction } from "./show-action";
export { startBuild } from "./start-build";
export {
  type ActionVersionRow,
  appendBuildLog,
  findActionVersionById,
  findActionVersionsByIds,
  findGrant,
  listActionVersions,
  listContentHashes,
  listUnfinishedBuilds,
  replaceBuildLog,
  setBuildState,
} from "./store";
export type { TrialEnd, TrialLine, TrialOutput } from "./trial/contract";
export type { TrialRequest } from "./trial/start-trial";
export { trialPayload } from "./trial/stream";
export { tryAction } from "./trial/try-action";
