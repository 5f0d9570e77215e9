import { route } from "@/lib/http/route";
import { addSource, listSources } from "@/lib/sources";
import { addSourceContract, listSourcesContract } from "@/lib/sources/contract";

export const GET = route(listSourcesContract, listSources, () => undefined);
export const POST = route(addSourceContract, addSource, ({ body }) => body);
