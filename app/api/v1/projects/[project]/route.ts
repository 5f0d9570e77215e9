import { route } from "@/lib/http/route";
import { showProject, updateProject } from "@/lib/projects";
import { deleteProjectContract, showProjectContract, updateProjectContract } from "@/lib/projects/contract";
import { deleteProject } from "@/lib/runs";

export const GET = route(showProjectContract, showProject, () => undefined);
export const PATCH = route(updateProjectContract, updateProject, ({ body }) => body);
export const DELETE = route(deleteProjectContract, deleteProject, () => undefined);
