export { type EndpointRow, findClash, listEndpointRows, lockEndpoints, replaceEndpoint } from "./endpoints";
export {
  findNewestTest,
  findVersion,
  findVersionBefore,
  findVersionByNumber,
  findVersionNumbers,
  insertVersion,
  listVersionSummaries,
  type VersionRow,
  type VersionSummary,
} from "./versions";
export {
  deleteWorkflowRow,
  findWorkflow,
  insertWorkflow,
  listWorkflowRows,
  lockWorkflow,
  updateWorkflowRow,
  type WorkflowRow,
} from "./workflows";
