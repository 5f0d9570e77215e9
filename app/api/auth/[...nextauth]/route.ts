import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";

// Options are read per request: the environment is there when the server runs, not when it is built.
const handler = (request: Request, context: unknown) => NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };
