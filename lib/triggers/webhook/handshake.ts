import type { WebhookContract } from "@/lib/workflows/definition/plan";
import type { JsonObject } from "./json-object";
import { isSame } from "./signatures";

/** Services ask whether somebody is there before they send anything. Undefined where this is no such question. */

const plain = (text: string) =>
  new Response(text, { headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" } });

/** Asked without a body, before there is anything to sign: Meta's and others' by GET, Microsoft Graph's by its query. */
export function answerOpenQuestion(method: string, query: URLSearchParams, secret: string): Response | undefined {
  const challenge = query.get("hub.challenge");
  if (method === "GET" && challenge !== null) {
    const isTheirs = secret !== "" && isSame(query.get("hub.verify_token") ?? "", secret);
    return isTheirs ? plain(challenge) : new Response(null, { status: 403 });
  }
  const validation = query.get("validationToken");
  return method === "POST" && validation !== null ? plain(validation) : undefined;
}

/** Asked with a body, which is signed like any other. */
export function answerSignedQuestion(
  { verification }: Pick<WebhookContract, "verification">,
  headers: Headers,
  json: JsonObject | null,
): Response | undefined {
  if (verification === "github" && headers.get("x-github-event") === "ping") return plain("pong");
  if (json?.type === "url_verification" && typeof json.challenge === "string") return plain(json.challenge);
  return undefined;
}
