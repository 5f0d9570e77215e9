import { publicUseCase } from "@/lib/auth";
import { issueToken } from "./issue-token";
import { presentUser } from "./present";
import { verifyCredentials } from "./verify-credentials";

export const signIn = publicUseCase(async (ctx, input: { email: string; password: string }) => {
  const user = await verifyCredentials(input.email, input.password, ctx.address);
  return { token: await issueToken(user.id, "command line"), user: presentUser(user) };
});
