export { createKey, projectOfKey } from "./create-key";
export type { KnownKey } from "./key-cache";
export { listKeys } from "./list-keys";
export { revokeKey } from "./revoke-key";
export { verifyKey } from "./verify-key";
