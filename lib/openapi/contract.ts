import { z } from "zod";
import { defineContract } from "@/lib/http/contract";

export const showProductDocumentContract = defineContract({
  operationId: "showApiDocument",
  summary: "This document",
  tag: "API",
  method: "GET",
  path: "/api/v1/openapi.json",
  access: "public",
  success: { status: 200, body: z.record(z.string(), z.json()) },
  errors: [],
});
