import { callEndpoint } from "@/lib/endpoints";

type Context = { params: Promise<{ project: string }> };

/** Users' endpoints have answers of their own, decided in `lib/endpoints`. */
async function answer(request: Request, context: Context): Promise<Response> {
  const { project } = await context.params;
  const path = new URL(request.url).pathname.slice(`/user-api/${project}`.length) || "/";
  return callEndpoint(project, path, request);
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
