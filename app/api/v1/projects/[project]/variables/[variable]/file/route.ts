import { route } from "@/lib/http/route";
import { setFileVariable } from "@/lib/variables";
import { setFileVariableContract } from "@/lib/variables/contract";

export const PUT = route(setFileVariableContract, setFileVariable, ({ params, query, body }) => ({
  name: params.variable,
  type: query.type,
  description: query.description,
  upload: { name: query.name, content: body },
}));
