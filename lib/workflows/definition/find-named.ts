/** A workflow by its id, or by its name where that is unique; a text says what is wrong. Pure. */
export function findNamed(workflows: ReadonlyMap<string, { name: string }>, named: string): { id: string } | string {
  if (workflows.has(named)) return { id: named };
  const [id, ...others] = [...workflows].filter(([, { name }]) => name === named).map(([id]) => id);
  if (id === undefined) return `There is no workflow “${named}” in this project.`;
  return others.length === 0 ? { id } : `${others.length + 1} workflows are named “${named}”; use the id.`;
}
