import { route } from "@/lib/http/route";
import { showActivity } from "@/lib/runs";
import { showActivityContract } from "@/lib/runs/activity/contract";

export const GET = route(showActivityContract, showActivity, () => undefined);
