import { signOut } from "@/lib/accounts";
import { signOutContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const POST = route(signOutContract, signOut, ({ token }) => ({ token }));
