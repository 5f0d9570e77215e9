import { readCatalogueLogo } from "@/lib/catalogue";
import { readCatalogueLogoContract } from "@/lib/catalogue/contract";
import { route } from "@/lib/http/route";

export const GET = route(readCatalogueLogoContract, readCatalogueLogo, ({ params }) => ({ id: params.action }));
