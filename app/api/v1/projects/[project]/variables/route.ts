import { route } from "@/lib/http/route";
import { listVariables } from "@/lib/variables";
import { listVariablesContract } from "@/lib/variables/contract";

export const GET = route(listVariablesContract, listVariables, () => undefined);
