import { statusOf } from "@/lib/errors";
import type { JsonObject } from "./json-schema";

const text = (description: string): JsonObject => ({ type: "string", description });

const issue: JsonObject = {
  type: "object",
  properties: {
    path: text("Where the problem stands: `body.name`, `query.limit`, or a file's name."),
    message: text("What is wrong and what would be right."),
    code: text("The kind of problem, where it has a name."),
    line: { type: "integer", description: "The line in the file that `path` names." },
    severity: { type: "string", enum: ["error", "warning"] },
  },
  required: ["path", "message"],
};

/** The body of every answer that is no success (RFC 9457). */
export const problemSchema: JsonObject = {
  type: "object",
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: text("The kind of problem in words."),
    status: { type: "integer", minimum: 400, maximum: 599 },
    detail: text("What went wrong."),
    message: text("The same as `detail`."),
    error: text("The same as `detail`."),
    code: { type: "string", enum: Object.keys(statusOf), description: "The kind of problem, to decide by." },
    request_id: text("Finds the request in the server's log."),
    issues: { type: "array", items: issue, description: "Every problem in what was sent." },
  },
  required: ["type", "title", "status", "detail", "message", "error", "code", "request_id"],
};

/** @param sessionCookie the name that the session's cookie has on this server */
export function securitySchemes(sessionCookie: string): JsonObject {
  return {
    personalToken: { type: "http", scheme: "bearer", description: "A personal token, `mrt_…`: see `signIn`." },
    session: {
      type: "apiKey",
      in: "cookie",
      name: sessionCookie,
      description: "The dashboard's session. A change must come with this site's own `Origin`.",
    },
  };
}
