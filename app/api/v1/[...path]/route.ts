import { notFound } from "@/lib/errors";
import { problemResponse } from "@/lib/http/respond";
import { newId } from "@/lib/ids";

/** Programs read this API: an address that it lacks is answered with a problem and not with a page. */
async function answer(request: Request): Promise<Response> {
  return problemResponse(notFound(`An operation at ${new URL(request.url).pathname}`), newId("request"));
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
