export { listAudit } from "./list-entries";
export { recordAudit } from "./record";
