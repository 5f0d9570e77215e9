import { tryAction } from "@/lib/actions";
import { tryActionContract } from "@/lib/actions/trial/contract";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

export const POST = route(tryActionContract, tryAction, ({ body }) => body);
