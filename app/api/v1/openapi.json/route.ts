import { route } from "@/lib/http/route";
import { showProductDocument } from "@/lib/openapi";
import { showProductDocumentContract } from "@/lib/openapi/contract";

export const GET = route(showProductDocumentContract, showProductDocument, () => undefined);
