export { addCatalogueEntry } from "./add-entry";
export { listCatalogue } from "./list-catalogue";
export { readCatalogueLogo } from "./read-logo";
export { showCatalogueEntry } from "./show-entry";
