import { deleteAction, showAction } from "@/lib/actions";
import { deleteActionContract, showActionContract } from "@/lib/actions/contract";
import { route } from "@/lib/http/route";

export const GET = route(showActionContract, showAction, ({ params, query }) => ({
  actionId: params.action,
  version: params.version,
  afterLine: query.afterLine,
}));
export const DELETE = route(deleteActionContract, deleteAction, ({ params }) => ({
  actionId: params.action,
  version: params.version,
}));
