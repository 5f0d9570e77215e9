import { sessionActor } from "@/lib/auth/session";
import { endpointFailure, ryaxResult } from "@/lib/endpoints";

type Context = { params: Promise<{ run: string }> };

export async function GET(request: Request, context: Context): Promise<Response> {
  const { run } = await context.params;
  return ryaxResult(request, run, await sessionActor()).catch(endpointFailure);
}
