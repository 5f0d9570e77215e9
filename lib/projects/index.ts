export { createProject } from "./create-project";
export { listProjects } from "./list-projects";
export { openProject, openProjectAsSystem } from "./open-project";
export { presentProject, projectUrl } from "./present";
export { showProject } from "./show-project";
export {
  deleteMembership,
  deleteProjectRow,
  findMembership,
  findProject,
  insertMembership,
  listAllProjectIds,
  listProjectsOfUser,
  type ProjectRow,
  updateMembership,
} from "./store";
export { updateProject } from "./update-project";
