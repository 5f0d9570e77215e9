import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const showClockOperation = operation<typeof contract.showClockContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/clock",
});

export const showTriggerOperation = operation<typeof contract.showTriggerContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/trigger",
});

export const readTriggerLogOperation = operation<typeof contract.readTriggerLogContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/trigger/log",
});

export const listEventsOperation = operation<typeof contract.listEventsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/events",
});

export const redeliverEventsOperation = operation<typeof contract.redeliverEventsContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/events/redeliver",
  body: "json",
});
