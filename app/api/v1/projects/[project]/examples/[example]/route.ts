import { addExample } from "@/lib/examples";
import { addExampleContract } from "@/lib/examples/contract";
import { route } from "@/lib/http/route";

export const POST = route(addExampleContract, addExample, ({ params }) => ({ id: params.example }));
