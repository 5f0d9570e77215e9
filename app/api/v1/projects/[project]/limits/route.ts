import { route } from "@/lib/http/route";
import { showLimits, updateLimits } from "@/lib/limits";
import { showLimitsContract, updateLimitsContract } from "@/lib/limits/contract";

export const GET = route(showLimitsContract, showLimits, () => undefined);
export const PATCH = route(updateLimitsContract, updateLimits, ({ body }) => body);
