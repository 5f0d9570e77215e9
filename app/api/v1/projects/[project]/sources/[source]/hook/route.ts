import { route } from "@/lib/http/route";
import { createSourceHook } from "@/lib/sources";
import { createSourceHookContract } from "@/lib/sources/contract";

export const POST = route(createSourceHookContract, createSourceHook, ({ params }) => ({ sourceId: params.source }));
