import { operation } from "@/lib/http/operation";
import type * as activity from "./activity/contract";
import type * as bulk from "./bulk/contract";
import type * as contract from "./contract";
import type * as definition from "./definition/contract";
import type * as logs from "./logs/contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const startRunOperation = operation<typeof contract.startRunContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/runs",
  body: "json",
});

export const testDraftOperation = operation<typeof contract.testDraftContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/test",
  body: "json",
});

export const listRunsOperation = operation<typeof contract.listRunsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/runs",
});

export const showRunOperation = operation<typeof contract.showRunContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}",
});

export const showRunDefinitionOperation = operation<typeof definition.showRunDefinitionContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}/definition",
});

export const showActivityOperation = operation<typeof activity.showActivityContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/activity",
});

export const runLogsOperation = operation<typeof logs.runLogsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}/logs",
});

export const cancelRunOperation = operation<typeof contract.cancelRunContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/runs/{run}/cancel",
});

export const replayRunOperation = operation<typeof contract.replayRunContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/runs/{run}/replay",
  body: "json",
});

export const deleteRunOperation = operation<typeof contract.deleteRunContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/runs/{run}",
});

export const readRunValueOperation = operation<typeof contract.readRunValueContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/runs/{run}/values/{blob}",
});

export const countRunsOperation = operation<typeof bulk.countRunsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/bulk-runs/count",
});

export const cancelRunsOperation = operation<typeof bulk.cancelRunsContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/bulk-runs/cancel",
  body: "json",
});

export const replayRunsOperation = operation<typeof bulk.replayRunsContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/bulk-runs/replay",
  body: "json",
});

export const deleteRunsOperation = operation<typeof bulk.deleteRunsContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/bulk-runs/delete",
  body: "json",
});
