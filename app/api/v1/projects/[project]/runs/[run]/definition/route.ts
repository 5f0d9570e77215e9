import { route } from "@/lib/http/route";
import { showRunDefinition } from "@/lib/runs";
import { showRunDefinitionContract } from "@/lib/runs/definition/contract";

export const GET = route(showRunDefinitionContract, showRunDefinition, ({ params }) => ({ runId: params.run }));
