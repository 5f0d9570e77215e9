import { listActions, pushActions } from "@/lib/actions";
import { listActionsContract, pushActionsContract } from "@/lib/actions/contract";
import { route } from "@/lib/http/route";

export const GET = route(listActionsContract, listActions, () => undefined);
export const POST = route(pushActionsContract, pushActions, ({ body }) => ({ archive: body }));
