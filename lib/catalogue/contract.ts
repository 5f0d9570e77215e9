import { z } from "zod";
import { actionKinds } from "@/drizzle/enums";
import { actionVersionSchema } from "@/lib/actions/contract";
import { ioDefinitionSchema } from "@/lib/actions/interface";
import { networkAccessSchema } from "@/lib/actions/network";
import { defineContract, projectParams } from "@/lib/http/contract";

/**
 * How a package shows what it does: `example.json`. A file among the inputs is `{"file": "path in the package"}`; among
 * the outputs stands what the handler gives for them, a file by its name and, where it is one, its text.
 */
export const catalogueExampleSchema = z.strictObject({
  title: z.string().min(1).max(200),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
});
export type CatalogueExample = z.infer<typeof catalogueExampleSchema>;

export const catalogueEntrySchema = z.object({
  /** `spec.id` of its metadata. */
  id: z.string(),
  version: z.string(),
  kind: z.enum(actionKinds),
  name: z.string(),
  description: z.string(),
  type: z.string(),
  categories: z.array(z.string()),
  hasLogo: z.boolean(),
  /** What its handler asks to reach; the project grants it. */
  network: networkAccessSchema,
  /** Whether it asks for folders of the machine, which its operator grants to projects. */
  folders: z.boolean(),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

export const catalogueEntryDetailSchema = catalogueEntrySchema.extend({
  inputs: z.array(ioDefinitionSchema),
  outputs: z.array(ioDefinitionSchema),
  example: catalogueExampleSchema.nullable(),
});
export type CatalogueEntryDetail = z.infer<typeof catalogueEntryDetailSchema>;

const entryParams = z.object({ action: z.string().max(200) });

export const listCatalogueContract = defineContract({
  operationId: "listCatalogue",
  summary: "The packages that come with Millrace, to be added to a project",
  tag: "Catalogue",
  method: "GET",
  path: "/api/v1/catalogue",
  success: { status: 200, body: z.object({ items: z.array(catalogueEntrySchema) }) },
  errors: ["unauthorized"],
});

export const showCatalogueEntryContract = defineContract({
  operationId: "showCatalogueEntry",
  summary: "One package of the catalogue with its inputs, outputs and example",
  tag: "Catalogue",
  method: "GET",
  path: "/api/v1/catalogue/{action}",
  params: entryParams,
  success: { status: 200, body: catalogueEntryDetailSchema },
  errors: ["unauthorized", "not_found"],
});

export const readCatalogueLogoContract = defineContract({
  operationId: "readCatalogueLogo",
  summary: "The icon of a package of the catalogue",
  tag: "Catalogue",
  method: "GET",
  path: "/api/v1/catalogue/{action}/logo",
  params: entryParams,
  success: { status: 200, mediaType: "image/png" },
  errors: ["unauthorized", "not_found"],
});

export const addCatalogueEntryContract = defineContract({
  operationId: "addCatalogueEntry",
  summary: "Add a package of the catalogue to the project's library and build it; again, it changes nothing",
  tag: "Catalogue",
  method: "POST",
  path: "/api/v1/projects/{project}/catalogue/{action}",
  params: projectParams.extend(entryParams.shape),
  success: { status: 200, body: actionVersionSchema },
  errors: ["unauthorized", "forbidden", "not_found", "conflict", "storage_full"],
});
