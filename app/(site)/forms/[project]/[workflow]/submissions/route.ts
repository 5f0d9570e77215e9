import { endpointFailure, findLiveForm, preflightAnswer, presentForm, submitForm, withCors } from "@/lib/endpoints";

type Context = { params: Promise<{ project: string; workflow: string }> };

/** What the form asks for. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { project, workflow } = await context.params;
  const described = findLiveForm(project, workflow).then((form) => Response.json(presentForm(form)));
  return withCors(await described.catch(endpointFailure));
}

export async function POST(request: Request, context: Context): Promise<Response> {
  const { project, workflow } = await context.params;
  return withCors(await submitForm(project, workflow, request).catch(endpointFailure));
}

export function OPTIONS(): Response {
  return preflightAnswer(["GET", "POST"]);
}
