export { listWorkflowNames } from "./callable/store";
export { type ClockRow, endClock, findClock, forgetClock, listClocks } from "./clocks/store";
export { cloneWorkflow } from "./clone-workflow";
export { createWorkflow } from "./create-workflow";
export { findNamed } from "./definition/find-named";
export { deployWorkflow } from "./deploy-workflow";
export { describeWorkflow } from "./describe";
export { exportWorkflow } from "./export-workflow";
export { type FollowerRow, listFollowers } from "./followers/store";
export { checkWorkflow, importWorkflow } from "./import-workflow";
export { listWorkflows } from "./list-workflows";
export {
  changeListener,
  findListener,
  forgetListener,
  holdListener,
  type ListenerChange,
  type ListenerRow,
  listListeners,
} from "./listeners/store";
export { previewDeployment } from "./preview-deployment";
export { previewRollback } from "./preview-rollback";
export { publishEdited } from "./publish-edited";
export { publishTest } from "./publish-test";
export { rollbackWorkflow } from "./rollback-workflow";
export { hidePasswords } from "./secrets";
export { showWorkflow } from "./show-workflow";
export { showWorkflowVersion } from "./show-workflow-version";
export {
  deleteWorkflowRow,
  findVersion,
  findVersionByNumber,
  findVersionNumbers,
  findWorkflow,
  listEndpointRows,
  listWorkflowRows,
  lockWorkflow,
  type VersionRow,
  type WorkflowRow,
} from "./store";
export { takeOffAir } from "./take-off-air";
export { updateWorkflow } from "./update-workflow";
export { uploadWorkflowFile } from "./upload-file";
