import { userUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { listTokenRows } from "./store";

export const listTokens = userUseCase(async (ctx, input: { token: string | null }) => {
  const current = input.token ? hashToken(input.token) : null;
  const rows = await listTokenRows(ctx.actor.userId);
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      isCurrent: row.hash === current,
    })),
  };
});
