import { route } from "@/lib/http/route";
import { leaveProject } from "@/lib/members";
import { leaveProjectContract } from "@/lib/members/contract";

export const POST = route(leaveProjectContract, leaveProject, () => undefined);
