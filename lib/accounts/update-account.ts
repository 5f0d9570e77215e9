import { userUseCase } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { presentUser } from "./present";
import { updateUserName } from "./store";

export const updateAccount = userUseCase(async (ctx, input: { name: string | null }) => {
  const user = await updateUserName(ctx.actor.userId, input.name || null);
  if (!user) throw new AppError("unauthorized", "This account no longer exists.");
  return { user: presentUser(user) };
});
