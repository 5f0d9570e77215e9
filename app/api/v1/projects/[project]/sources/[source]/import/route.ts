import { route } from "@/lib/http/route";
import { importFromSource } from "@/lib/sources";
import { importFromSourceContract } from "@/lib/sources/contract";

export const POST = route(importFromSourceContract, importFromSource, ({ params, body }) => ({
  sourceId: params.source,
  paths: body.paths,
}));
