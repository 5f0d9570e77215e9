import { route } from "@/lib/http/route";
import { showUsage } from "@/lib/usage";
import { showUsageContract } from "@/lib/usage/contract";

export const GET = route(showUsageContract, showUsage, () => undefined);
