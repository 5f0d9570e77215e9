import { endpointFailure, findRoutes, isPreflight, preflightAnswer, withCors } from "@/lib/endpoints";
import { AppError } from "@/lib/errors";
import { methodOf } from "@/lib/http/method";
import { projectUrl } from "@/lib/projects";
import { stringifyJson } from "@/lib/values";
import { projectDocument } from "./project-document";

const methods = ["GET", "HEAD"];

async function documentAnswer(projectId: string, method: string): Promise<Response> {
  if (!methods.includes(method)) {
    const headers = { Allow: methods.join(", ") };
    throw new AppError("method_not_allowed", "The project's document can only be read.", { headers });
  }
  const { name, requireKey, endpoints } = await findRoutes(projectId);
  const documented = endpoints.map(({ contract, plan }) => ({ contract, hasSteps: plan.steps.length > 0 }));
  const document = projectDocument({ name, url: projectUrl(projectId), requireKey }, documented);
  return new Response(stringifyJson(document, 2), {
    // A deployment changes it from one moment to the next.
    headers: { "Content-Type": "application/json", "Cache-Control": "no-cache" },
  });
}

/** Whoever knows a project's address may read its document: see docs/decisions/004-endpoints-in-browsers.md. */
export async function answerProjectDocument(projectId: string, request: Request): Promise<Response> {
  if (isPreflight(request)) return preflightAnswer(methods);
  return withCors(await documentAnswer(projectId, methodOf(request)).catch(endpointFailure));
}
