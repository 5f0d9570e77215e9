import { route } from "@/lib/http/route";
import { readRunValue } from "@/lib/runs";
import { readRunValueContract } from "@/lib/runs/contract";

export const GET = route(readRunValueContract, readRunValue, ({ params }) => ({
  runId: params.run,
  blob: params.blob,
}));
