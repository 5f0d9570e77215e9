import "server-only";
import { getServerSession } from "next-auth";
import { isSessionCurrent } from "@/lib/accounts";
import type { UserActor } from "./actor";
import { authOptions } from "./options";

interface Session {
  user?: { id?: string; version?: number };
}

/** The signed-in user of this request's cookie, unless that has been ended; the only caller of next-auth's reader. */
export async function sessionActor(): Promise<UserActor | null> {
  const session = (await getServerSession(authOptions())) as Session | null;
  const { id: userId, version } = session?.user ?? {};
  if (!userId || version === undefined || !(await isSessionCurrent(userId, version))) return null;
  return { kind: "user", userId };
}
