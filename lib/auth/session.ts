import "server-only";
import { getServerSession } from "next-auth";
import type { UserActor } from "./actor";
import { authOptions } from "./options";

/** The signed-in user of this request's cookie; the only caller of next-auth's reader. */
export async function sessionActor(): Promise<UserActor | null> {
  const session = (await getServerSession(authOptions())) as { user?: { id?: string } } | null;
  const userId = session?.user?.id;
  return userId ? { kind: "user", userId } : null;
}
