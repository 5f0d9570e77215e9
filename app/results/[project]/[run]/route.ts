import { endpointFailure, preflightAnswer, resultByLink, withCors } from "@/lib/endpoints";

type Context = { params: Promise<{ project: string; run: string }> };

export async function GET(request: Request, context: Context): Promise<Response> {
  const { project, run } = await context.params;
  const { searchParams } = new URL(request.url);
  return withCors(await resultByLink(project, run, searchParams).catch(endpointFailure));
}

export function OPTIONS(): Response {
  return preflightAnswer(["GET"]);
}
