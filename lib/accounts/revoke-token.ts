import { userUseCase } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { deleteTokenOf } from "./store";

export const revokeToken = userUseCase(async (ctx, input: { tokenId: string }) => {
  if (!(await deleteTokenOf(ctx.actor.userId, input.tokenId))) throw notFound("The token");
});
