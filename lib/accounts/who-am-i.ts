import { userUseCase } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { presentUser } from "./present";
import { findUser } from "./store";

export const whoAmI = userUseCase(async (ctx) => {
  const user = await findUser(ctx.actor.userId);
  if (!user) throw new AppError("unauthorized", "This account no longer exists.");
  return { user: presentUser(user) };
});
