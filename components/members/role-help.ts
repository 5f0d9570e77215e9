import type { Role } from "@/drizzle/enums";

/** What each role is for, in words of people who give it. */
export const roleHelp: Record<Role, string> = {
  admin: "Everything, members and deletion included",
  developer: "Builds and deploys: actions, workflows, keys, variables",
  operator: "Starts and cancels runs, and looks at everything",
  viewer: "Looks, and changes nothing",
};
