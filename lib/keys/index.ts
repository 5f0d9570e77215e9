export { createKey, projectOfKey } from "./create-key";
export type { KnownKey } from "./key-cache";
export { listKeys } from "./list-keys";
export { revokeKey } from "./revoke-key";
export { findKeyName } from "./store";
export { verifyKey } from "./verify-key";
