import { publicUseCase } from "@/lib/auth";
import { env } from "@/lib/env";
import { contracts, namedSchemas } from "./contracts";
import type { JsonObject } from "./json-schema";
import { productDocument } from "./product-document";

/** next-auth's own names: the prefix binds the cookie to https. */
const sessionCookieOf = (url: URL) => `${url.protocol === "https:" ? "__Secure-" : ""}next-auth.session-token`;

export const showProductDocument = publicUseCase(async (_ctx, _input: undefined): Promise<JsonObject> => {
  const url = new URL(env().MILLRACE_PUBLIC_URL);
  return productDocument({ url: url.origin, sessionCookie: sessionCookieOf(url) }, contracts, namedSchemas());
});
