import { listCatalogue } from "@/lib/catalogue";
import { listCatalogueContract } from "@/lib/catalogue/contract";
import { route } from "@/lib/http/route";

export const GET = route(listCatalogueContract, listCatalogue, () => undefined);
