import { z } from "zod";
import { roles } from "@/drizzle/enums";
import { emailSchema, passwordSchema, signedInSchema } from "@/lib/accounts/contract";
import { columnText, defineContract, projectParams, timestampSchema } from "@/lib/http/contract";
import { projectSchema } from "@/lib/projects/contract";

const roleSchema = z.enum(roles);

export const memberSchema = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: roleSchema,
  joinedAt: timestampSchema,
});
export type MemberResource = z.infer<typeof memberSchema>;

export const inviteSchema = z.object({
  id: z.string(),
  role: roleSchema,
  /** The only account that may take it up; null for whoever has the link. */
  email: z.string().nullable(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
});
export type InviteResource = z.infer<typeof inviteSchema>;

/** What whoever holds an invitation's link sees before taking it up. */
export const offeredInviteSchema = z.object({
  project: z.string(),
  role: roleSchema,
  email: z.string().nullable(),
  invitedBy: z.string().nullable(),
  expiresAt: timestampSchema,
});

export const createInviteSchema = z.strictObject({
  role: roleSchema,
  email: emailSchema.nullable().optional(),
  /** Days until the link stops working. */
  days: z.number().int().min(1).max(30).default(7),
});

const memberParams = projectParams.extend({ member: z.string().max(40) });
const inviteParams = projectParams.extend({ invite: z.string().max(40) });
const tokenParams = z.object({ token: z.string().min(1).max(100) });

export const listMembersContract = defineContract({
  operationId: "listMembers",
  summary: "Who is a member of the project, and in which role",
  tag: "Members",
  method: "GET",
  path: "/api/v1/projects/{project}/members",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(memberSchema) }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const changeMemberRoleContract = defineContract({
  operationId: "changeMemberRole",
  summary: "Give a member another role; a project keeps at least one admin",
  tag: "Members",
  method: "PATCH",
  path: "/api/v1/projects/{project}/members/{member}",
  params: memberParams,
  body: z.strictObject({ role: roleSchema }),
  success: { status: 200, body: memberSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "conflict"],
});

export const removeMemberContract = defineContract({
  operationId: "removeMember",
  summary: "Take a member out of the project; it keeps at least one admin",
  tag: "Members",
  method: "DELETE",
  path: "/api/v1/projects/{project}/members/{member}",
  params: memberParams,
  success: { status: 204 },
  errors: ["unauthorized", "forbidden", "not_found", "conflict"],
});

export const leaveProjectContract = defineContract({
  operationId: "leaveProject",
  summary: "Leave the project yourself; it keeps at least one admin",
  tag: "Members",
  method: "POST",
  path: "/api/v1/projects/{project}/leave",
  params: projectParams,
  success: { status: 204 },
  errors: ["unauthorized", "not_found", "conflict"],
});

export const listInvitesContract = defineContract({
  operationId: "listInvites",
  summary: "Invitations that nobody has taken up yet",
  tag: "Members",
  method: "GET",
  path: "/api/v1/projects/{project}/invites",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(inviteSchema) }) },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const createInviteContract = defineContract({
  operationId: "createInvite",
  summary: "Invite somebody; the link is shown once and works once",
  tag: "Members",
  method: "POST",
  path: "/api/v1/projects/{project}/invites",
  params: projectParams,
  body: createInviteSchema,
  success: { status: 201, body: inviteSchema.extend({ link: z.url() }) },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found", "conflict"],
});

export const revokeInviteContract = defineContract({
  operationId: "revokeInvite",
  summary: "Take back an invitation; its link stops working",
  tag: "Members",
  method: "DELETE",
  path: "/api/v1/projects/{project}/invites/{invite}",
  params: inviteParams,
  success: { status: 204 },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const showInviteContract = defineContract({
  operationId: "showInvite",
  summary: "What an invitation's link offers",
  tag: "Members",
  method: "GET",
  path: "/api/v1/invites/{token}",
  access: "public",
  params: tokenParams,
  success: { status: 200, body: offeredInviteSchema },
  errors: ["not_found"],
});

export const acceptInviteContract = defineContract({
  operationId: "acceptInvite",
  summary: "Take up an invitation and become a member",
  tag: "Members",
  method: "POST",
  path: "/api/v1/invites/{token}/accept",
  params: tokenParams,
  success: { status: 200, body: projectSchema },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const signUpInvitedContract = defineContract({
  operationId: "signUpInvited",
  summary: "Create an account with an invitation, which works where sign-up is by invitation, and become a member",
  tag: "Members",
  method: "POST",
  path: "/api/v1/invites/{token}/signup",
  access: "public",
  params: tokenParams,
  body: z.strictObject({
    email: emailSchema,
    password: passwordSchema,
    name: columnText().trim().min(1).max(100).optional(),
  }),
  success: { status: 201, body: signedInSchema.extend({ project: z.string() }) },
  errors: ["invalid_input", "conflict", "forbidden", "not_found", "rate_limited"],
});
