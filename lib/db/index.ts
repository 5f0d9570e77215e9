export { type BatchRow, batchInProjects } from "./batch";
export { closeDatabase, databaseHandle, openDatabase } from "./client";
export { isDatabaseLost, isOrphan, isPermanentFailure, isUniqueViolation } from "./failures";
export { type Channel, listen, notify, tell } from "./notifications";
export { readableJson, withoutNul } from "./text";
export { asSystem, asUser, inProject, inProjects, inTransaction, type Transaction } from "./transaction";
