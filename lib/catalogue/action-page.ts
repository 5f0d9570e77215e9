import type { CatalogueEntryDetail, CatalogueExample } from "./contract";

/** The documentation of a package, printed from what the package says of itself. Pure. */

type Io = CatalogueEntryDetail["inputs"][number];

/** A cell of a table cannot hold its own border or a new line. */
function cell(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "\\<").replaceAll("\n", " ");
}

function defaultOf(io: Io): string {
  if (io.defaultValue !== undefined) return `\`${JSON.stringify(io.defaultValue)}\``;
  return io.optional ? "none" : "required";
}

function typeOf(io: Io): string {
  if (!io.enumValues) return io.type;
  return `one of ${io.enumValues.map((value) => `\`${value}\``).join(", ")}`;
}

function inputTable(inputs: Io[]): string[] {
  if (inputs.length === 0) return ["It takes none."];
  const rows = inputs.map(
    (io) => `| \`${io.name}\` | ${cell(typeOf(io))} | ${cell(defaultOf(io))} | ${cell(io.help)} |`,
  );
  return ["| name | type | default | what it is |", "| --- | --- | --- | --- |", ...rows];
}

function outputTable(outputs: Io[]): string[] {
  if (outputs.length === 0) return ["It gives none."];
  const type = (io: Io) => `${io.type}${io.optional ? ", may be left out" : ""}`;
  const rows = outputs.map((io) => `| \`${io.name}\` | ${type(io)} | ${cell(io.help)} |`);
  return ["| name | type | what it is |", "| --- | --- | --- |", ...rows];
}

function exampleOf(example: CatalogueExample): string[] {
  const block = (value: unknown) => ["```json", JSON.stringify(value, null, 2), "```"];
  const gives = Object.keys(example.outputs).length > 0 ? ["", "gives", "", ...block(example.outputs)] : [];
  return ["", "## Example", "", `${example.title}:`, "", ...block(example.inputs), ...gives];
}

function networkOf({ id, network }: CatalogueEntryDetail): string[] {
  if (network.policy === "off") return [];
  return [
    "It reaches nothing until the project grants it: on the action's page in the library, or with",
    "",
    "```",
    `millrace action grant ${id} --network allow-list --host api.example.com`,
    "```",
    "",
  ];
}

function foldersOf({ folders }: CatalogueEntryDetail): string[] {
  if (!folders) return [];
  return [
    "It sees no folder until the server's operator grants one to the project, to be read or, with `:rw`, written to as well:",
    "",
    "```",
    "MILLRACE_FOLDERS='incoming=/srv/incoming:PROJECT:rw' npm start",
    "```",
    "",
  ];
}

export function printActionPage(entry: CatalogueEntryDetail): string {
  const lines = [
    `# ${entry.name}`,
    "",
    entry.description,
    "",
    `\`${entry.id}@${entry.version}\` · ${entry.type} · ${entry.categories.join(", ")}`,
    "",
    "```",
    `millrace catalogue add ${entry.id}`,
    "```",
    "",
    ...networkOf(entry),
    ...foldersOf(entry),
    "## Inputs",
    "",
    ...inputTable(entry.inputs),
    "",
    "## Outputs",
    "",
    ...outputTable(entry.outputs),
    ...(entry.example ? exampleOf(entry.example) : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** All of them, by their first category. */
export function printActionIndex(entries: CatalogueEntryDetail[]): string {
  const groups = new Map<string, CatalogueEntryDetail[]>();
  for (const entry of entries) {
    const [category = "Other"] = entry.categories;
    groups.set(category, [...(groups.get(category) ?? []), entry]);
  }
  const sections = [...groups].sort(([left], [right]) => left.localeCompare(right, "en"));
  const lines = sections.flatMap(([category, members]) => [
    "",
    `## ${category}`,
    "",
    ...members.map((entry) => `- [${entry.name}](${entry.id}.md): ${entry.description}`),
  ]);
  return `${["# The actions that come with Millrace", ...lines].join("\n")}\n`;
}
