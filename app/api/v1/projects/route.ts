import { route } from "@/lib/http/route";
import { createProject, listProjects } from "@/lib/projects";
import { createProjectContract, listProjectsContract } from "@/lib/projects/contract";

export const GET = route(listProjectsContract, listProjects, () => undefined);
export const POST = route(createProjectContract, createProject, ({ body }) => body);
