import { route } from "@/lib/http/route";
import { scanSource } from "@/lib/sources";
import { scanSourceContract } from "@/lib/sources/contract";

export const POST = route(scanSourceContract, scanSource, ({ params }) => ({ sourceId: params.source }));
