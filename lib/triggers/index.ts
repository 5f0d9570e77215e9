export { digestOf } from "./events/digest";
export {
  type EventStart,
  identityOf,
  noteEvent,
  runIdOfEvent,
  startRunFromEvent,
  type TriggerEvent,
} from "./events/start-run-from-event";
export { deleteExpiredEvents } from "./events/store";
