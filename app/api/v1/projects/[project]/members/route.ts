import { route } from "@/lib/http/route";
import { listMembers } from "@/lib/members";
import { listMembersContract } from "@/lib/members/contract";

export const GET = route(listMembersContract, listMembers, () => undefined);
