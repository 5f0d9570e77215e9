import { route } from "@/lib/http/route";
import { showProject, updateProject } from "@/lib/projects";
import { showProjectContract, updateProjectContract } from "@/lib/projects/contract";

export const GET = route(showProjectContract, showProject, () => undefined);
export const PATCH = route(updateProjectContract, updateProject, ({ body }) => body);
