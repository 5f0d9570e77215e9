import { showCatalogueEntry } from "@/lib/catalogue";
import { showCatalogueEntryContract } from "@/lib/catalogue/contract";
import { route } from "@/lib/http/route";

export const GET = route(showCatalogueEntryContract, showCatalogueEntry, ({ params }) => ({ id: params.action }));
