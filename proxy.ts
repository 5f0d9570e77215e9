import { type NextRequest, NextResponse } from "next/server";

const sessionCookie = /^(__Secure-)?next-auth\.session-token(\.\d+)?$/;

/** Sends visitors without a session to sign in, and decides nothing else: each page and route asks who it serves. */
export function proxy(request: NextRequest): NextResponse {
  if (request.cookies.getAll().some((cookie) => sessionCookie.test(cookie.name))) return NextResponse.next();
  const target = request.nextUrl.clone();
  const from = target.pathname + target.search;
  target.pathname = "/sign-in";
  target.search = from === "/" ? "" : `?${new URLSearchParams({ from })}`;
  return NextResponse.redirect(target);
}

export const config = {
  matcher: ["/((?!api/|user-api/|forms/|results/|runner/|_next/|sign-in|sign-up|invite/|.*\\.[a-z0-9]+$).*)"],
};
