import { beforeAll, describe, expect, it } from "vitest";
import {
  acceptInviteContract,
  changeMemberRoleContract,
  createInviteContract,
  leaveProjectContract,
  listInvitesContract,
  listMembersContract,
  removeMemberContract,
  revokeInviteContract,
  showInviteContract,
  signUpInvitedContract,
} from "@/lib/members/contract";
import { showProjectContract } from "@/lib/projects/contract";
import { refusal } from "../support/checked";
import { addMember } from "../support/members";
import { type Person, signUp, TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

type InviteBody = { role: "admin" | "developer" | "operator" | "viewer"; email?: string; days?: number };
const invite = async (body: InviteBody) => {
  const created = await project.api(createInviteContract, { body });
  return { ...created, token: created.link.split("/").at(-1) ?? "" };
};
const accept = (person: Person, token: string) => project.apiAs(person, acceptInviteContract, { params: { token } });
const roleOf = async (person: Person) =>
  (await project.api(listMembersContract)).items.find((member) => member.userId === person.userId)?.role;

describe("an invitation", () => {
  it.concurrent("makes whoever takes it up a member, once", async () => {
    const [first, second] = [await signUp(), await signUp()];
    const { token, ...created } = await invite({ role: "operator" });
    expect(await project.apiAs({ token: "" }, showInviteContract, { params: { token } })).toMatchObject({
      role: "operator",
      email: null,
      expiresAt: created.expiresAt,
    });
    expect((await accept(first, token)).role).toBe("operator");
    expect((await refusal(accept(second, token))).code).toBe("not_found");
    expect([await roleOf(first), await roleOf(second)]).toEqual(["operator", undefined]);
    expect((await project.apiAs(first, showProjectContract, { params: { project: project.id } })).role).toBe(
      "operator",
    );
  });

  it.concurrent("is taken up once by many at the same moment", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => signUp()));
    const { token } = await invite({ role: "viewer" });
    const ends = await Promise.allSettled(people.map((person) => accept(person, token)));
    expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
  });

  it.concurrent("for an address is for nobody else", async () => {
    const [meant, other] = [await signUp(), await signUp()];
    const { token } = await invite({ role: "viewer", email: meant.email });
    expect((await refusal(accept(other, token))).code).toBe("forbidden");
    expect((await accept(meant, token)).role).toBe("viewer");
    expect((await refusal(invite({ role: "viewer", email: meant.email }))).code).toBe("conflict");
  });

  it.concurrent("made again for an address replaces the one before", async () => {
    const person = await signUp();
    const before = await invite({ role: "viewer", email: person.email });
    const after = await invite({ role: "developer", email: person.email });
    expect((await refusal(accept(person, before.token))).code).toBe("not_found");
    expect((await accept(person, after.token)).role).toBe("developer");
  });

  it.concurrent("that is taken back is over, and its secret is in no list", async () => {
    const person = await signUp();
    const { id, token } = await invite({ role: "viewer" });
    const listed = await (await project.raw(listInvitesContract)).text();
    expect(listed).toContain(id);
    expect(listed).not.toContain(token);
    await project.api(revokeInviteContract, { params: { project: project.id, invite: id } });
    expect((await refusal(accept(person, token))).code).toBe("not_found");
  });

  it.concurrent("lets somebody without an account make one and join", async () => {
    const { token } = await invite({ role: "developer" });
    const email = `invited-${crypto.randomUUID()}@example.com`;
    const body = { email, password: "a good password" };
    const created = await project.apiAs({ token: "" }, signUpInvitedContract, { params: { token }, body });
    expect(created.project).toBe(project.id);
    expect((await project.apiAs(created, showProjectContract, { params: { project: project.id } })).role).toBe(
      "developer",
    );
  });

  it.concurrent("does not take a member's role away", async () => {
    const person = await signUp();
    await addMember(project.id, person, "developer");
    const { token } = await invite({ role: "viewer" });
    expect((await accept(person, token)).role).toBe("developer");
  });

  it.concurrent.each([{ days: 0 }, { days: 31 }, { role: "owner" }, { email: "nobody" }])(
    "refuses %j",
    async (body) => {
      const wrong = { role: "viewer", ...body } as InviteBody;
      expect((await refusal(project.api(createInviteContract, { body: wrong }))).code).toBe("invalid_input");
    },
  );
});

describe("members", () => {
  it("keep at least one admin", async () => {
    const own = await TestProject.create();
    const params = { project: own.id, member: own.admin.userId };
    const demote = () => own.api(changeMemberRoleContract, { params, body: { role: "viewer" } });
    const leave = () => own.api(leaveProjectContract);
    expect((await refusal(demote())).code).toBe("conflict");
    expect((await refusal(leave())).code).toBe("conflict");
    const second = await signUp();
    await addMember(own.id, second, "admin");
    // Both leave at once: one of them stays.
    const ends = await Promise.allSettled([
      leave(),
      own.apiAs(second, leaveProjectContract, { params: { project: own.id } }),
    ]);
    expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
  });

  it("may leave by themselves and take out nobody else", async () => {
    const own = await TestProject.create();
    const viewer = await signUp();
    await addMember(own.id, viewer, "viewer");
    const remove = (member: string) => own.apiAs(viewer, removeMemberContract, { params: { project: own.id, member } });
    expect((await refusal(remove(own.admin.userId))).code).toBe("forbidden");
    await own.apiAs(viewer, leaveProjectContract, { params: { project: own.id } });
    expect((await refusal(own.apiAs(viewer, showProjectContract, { params: { project: own.id } }))).code).toBe(
      "not_found",
    );
  });

  it("get another role at once", async () => {
    const own = await TestProject.create();
    const person = await signUp();
    await addMember(own.id, person, "viewer");
    const params = { project: own.id, member: person.userId };
    expect((await own.api(changeMemberRoleContract, { params, body: { role: "admin" } })).role).toBe("admin");
    expect((await own.apiAs(person, listInvitesContract, { params: { project: own.id } })).items).toEqual([]);
  });
});
