import { route } from "@/lib/http/route";
import { removeSource, showSource, updateSource } from "@/lib/sources";
import { removeSourceContract, showSourceContract, updateSourceContract } from "@/lib/sources/contract";

export const GET = route(showSourceContract, showSource, ({ params }) => ({ sourceId: params.source }));
export const PATCH = route(updateSourceContract, updateSource, ({ params, body }) => ({
  sourceId: params.source,
  ...body,
}));
export const DELETE = route(removeSourceContract, removeSource, ({ params }) => ({ sourceId: params.source }));
