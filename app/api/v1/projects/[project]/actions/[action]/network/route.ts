import { grantNetwork } from "@/lib/actions";
import { grantNetworkContract } from "@/lib/actions/contract";
import { route } from "@/lib/http/route";

export const PUT = route(grantNetworkContract, grantNetwork, ({ params, body }) => ({
  actionId: params.action,
  access: body,
}));
