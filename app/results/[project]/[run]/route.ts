import { resultByLink } from "@/lib/endpoints";

type Context = { params: Promise<{ project: string; run: string }> };

export async function GET(request: Request, context: Context): Promise<Response> {
  const { project, run } = await context.params;
  return resultByLink(project, run, new URL(request.url).searchParams);
}
