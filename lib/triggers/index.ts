export { type ClockRun, type FiredClock, fireClock } from "./clock/fire-clock";
export { reconcileClocks } from "./clock/reconcile-clocks";
export { showClock } from "./clock/show-clock";
export { syncClock } from "./clock/sync-clock";
export { digestOf } from "./events/digest";
export { listEvents } from "./events/list-events";
export { redeliverEvents } from "./events/redeliver-events";
export {
  type EventStart,
  identityOf,
  noteEvent,
  runIdOfEvent,
  startRunFromEvent,
  type TriggerEvent,
} from "./events/start-run-from-event";
export { type CursorPlace, readCursor, setCursor } from "./listening/cursors";
export { readTriggerLog } from "./listening/read-trigger-log";
export { showTrigger } from "./listening/show-trigger";
export { appendTriggerLog, type TriggerLogLine } from "./listening/store";
export { reconcileListeners, syncListener } from "./listening/sync-listener";
export { deliveryNames } from "./webhook/delivery";
export { answerOpenQuestion, answerSignedQuestion } from "./webhook/handshake";
export { isJsonObject, type JsonObject, valueAt } from "./webhook/json-object";
export { identityAt, reasonToIgnore, valueAtPlaces } from "./webhook/judge-delivery";
export { signatureProblem } from "./webhook/signatures";
export { startFollowers } from "./workflow-end/start-followers";
