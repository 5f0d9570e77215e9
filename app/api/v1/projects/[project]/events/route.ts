import { watchProject } from "@/lib/events";
import { watchProjectContract } from "@/lib/events/contract";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

export const GET = route(watchProjectContract, watchProject, () => undefined);
