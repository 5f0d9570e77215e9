import { route } from "@/lib/http/route";
import { setVariable, unsetVariable } from "@/lib/variables";
import { setVariableContract, unsetVariableContract } from "@/lib/variables/contract";

export const PUT = route(setVariableContract, setVariable, ({ params, body }) => ({ name: params.variable, ...body }));
export const DELETE = route(unsetVariableContract, unsetVariable, ({ params }) => ({ name: params.variable }));
