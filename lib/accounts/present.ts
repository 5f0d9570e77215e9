import type { UserResource } from "./contract";
import type { UserRow } from "./store";

export function presentUser(row: UserRow): UserResource {
  return { id: row.id, email: row.email, name: row.name };
}
