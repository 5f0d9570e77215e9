import { addCatalogueEntry } from "@/lib/catalogue";
import { addCatalogueEntryContract } from "@/lib/catalogue/contract";
import { route } from "@/lib/http/route";

export const POST = route(addCatalogueEntryContract, addCatalogueEntry, ({ params }) => ({ id: params.action }));
