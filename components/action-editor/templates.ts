import type { Draft } from "./draft";

export const templateLanguages = ["python", "node"] as const;
export type TemplateLanguage = (typeof templateLanguages)[number];

const metadata = (type: string) => `apiVersion: "ryax.tech/v2.0"
kind: Processor
spec:
  id: my-action
  human_name: My action
  type: ${type}
  version: "1.0"
  description: Greets somebody.
  categories: []
  inputs:
    - name: name
      human_name: Name
      help: Who is greeted.
      type: string
      default_value: World
  outputs:
    - name: greeting
      human_name: Greeting
      help: ""
      type: string
`;

const python = `def handle(inputs):
    """Gets the inputs by name, and returns the outputs by name."""
    name = inputs["name"]
    print("greeting", name)
    return {"greeting": f"Hello, {name}!"}
`;

const node = `// Gets the inputs by name, and returns the outputs by name. May be async.
module.exports.handle = ({ name }) => {
  console.log("greeting", name);
  return { greeting: \`Hello, \${name}!\` };
};
`;

/** What a new action begins as: it works as it stands. */
export const templates: Record<TemplateLanguage, Draft> = {
  python: {
    files: { "ryax_handler.py": python, "requirements.txt": "", "ryax_metadata.yaml": metadata("python3") },
  },
  node: {
    files: {
      "ryax_handler.js": node,
      "package.json": `${JSON.stringify({ dependencies: {} }, null, 2)}\n`,
      "ryax_metadata.yaml": metadata("nodejs"),
    },
  },
};
