import type { Role } from "@/drizzle/enums";
import { connectAsApplication, withProjects } from "./database";
import type { Person } from "./project";

/** Makes somebody a member of a project, by the row that an invitation ends in. */
export async function addMember(projectId: string, person: Person, role: Role): Promise<void> {
  const sql = connectAsApplication();
  try {
    await withProjects(
      sql,
      [projectId],
      (tx) => tx`insert into memberships (project_id, user_id, role) values (${projectId}, ${person.userId}, ${role})`,
    );
  } finally {
    await sql.end();
  }
}
