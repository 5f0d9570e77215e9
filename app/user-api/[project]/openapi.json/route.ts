import { answerProjectDocument } from "@/lib/openapi";

type Context = { params: Promise<{ project: string }> };

async function answer(request: Request, context: Context): Promise<Response> {
  return answerProjectDocument((await context.params).project, request);
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
