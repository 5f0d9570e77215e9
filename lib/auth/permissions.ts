import type { Role } from "@/drizzle/enums";

/** Who may do what: one table, read by the use cases and by the screens. Pure. */
export const permissions = [
  "project.view",
  "project.update",
  "project.delete",
  "members.view",
  "members.manage",
  "keys.view",
  "keys.manage",
  "variables.view",
  "variables.manage",
  "actions.view",
  "actions.manage",
  "actions.grant",
  "workflows.view",
  "workflows.edit",
  "workflows.deploy",
  "runs.view",
  "runs.start",
  "runs.cancel",
  "runs.delete",
  "audit.view",
  "limits.manage",
] as const;
export type Permission = (typeof permissions)[number];

const viewer: Permission[] = ["project.view", "members.view", "actions.view", "workflows.view", "runs.view"];
const operator: Permission[] = [...viewer, "variables.view", "runs.start", "runs.cancel"];
const developer: Permission[] = [
  ...operator,
  "keys.view",
  "keys.manage",
  "variables.manage",
  "actions.manage",
  "actions.grant",
  "workflows.edit",
  "workflows.deploy",
  "runs.delete",
];

const byRole: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(viewer),
  operator: new Set(operator),
  developer: new Set(developer),
  admin: new Set(permissions),
};

export function roleMay(role: Role, permission: Permission): boolean {
  return byRole[role].has(permission);
}
