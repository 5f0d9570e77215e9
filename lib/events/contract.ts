import { defineContract, projectParams } from "@/lib/http/contract";

export const watchProjectContract = defineContract({
  operationId: "watchProject",
  summary: "What changes in the project, as server-sent events",
  tag: "Projects",
  method: "GET",
  path: "/api/v1/projects/{project}/events",
  params: projectParams,
  success: { status: 200, mediaType: "text/event-stream" },
  errors: ["unauthorized", "not_found", "unavailable"],
});
