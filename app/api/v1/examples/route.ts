import { listExamples } from "@/lib/examples";
import { listExamplesContract } from "@/lib/examples/contract";
import { route } from "@/lib/http/route";

export const GET = route(listExamplesContract, listExamples, () => undefined);
