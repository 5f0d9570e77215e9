export { createProject } from "./create-project";
export { listProjects } from "./list-projects";
export { openProject, openProjectAsSystem } from "./open-project";
export { presentProject, projectUrl } from "./present";
export { showProject } from "./show-project";
export { deleteProjectRow, findProject, listAllProjectIds, listProjectsOfUser, type ProjectRow } from "./store";
export { updateProject } from "./update-project";
