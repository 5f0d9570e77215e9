import { route } from "@/lib/http/route";
import { callSourceHook } from "@/lib/sources";
import { callSourceHookContract } from "@/lib/sources/contract";

export const POST = route(callSourceHookContract, callSourceHook, ({ params }) => params);
