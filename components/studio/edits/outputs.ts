import type { Definition, DynamicOutput } from "@/lib/workflows/definition/schema";
import { changeNode } from "./inputs";
import { withoutLinks } from "./nodes";

/** Edits of what a trigger takes from its callers: its dynamic outputs. Pure. */

export function addOutput(definition: Definition, id: string, output: Partial<DynamicOutput> = {}): Definition {
  return changeNode(definition, id, (node) => {
    const taken = new Set(node.dynamicOutputs.map(({ name }) => name));
    let name = output.name ?? "input";
    for (let count = 2; taken.has(name); count++) name = `${output.name ?? "input"}_${count}`;
    const added = { humanName: "", help: "", type: "string" as const, optional: false, ...output, name };
    return { ...node, dynamicOutputs: [...node.dynamicOutputs, added] };
  });
}

/** Links and results follow an output to its new name. */
export function changeOutput(
  definition: Definition,
  id: string,
  index: number,
  change: Partial<DynamicOutput>,
): Definition {
  const before = definition.nodes.find((node) => node.id === id)?.dynamicOutputs[index];
  if (!before) return definition;
  const after = withoutUndefined({ ...before, ...change });
  const changed = changeNode(definition, id, (node) => ({
    ...node,
    dynamicOutputs: node.dynamicOutputs.map((output, at) => (at === index ? after : output)),
  }));
  return after.name === before.name ? changed : renameLinks(changed, id, before.name, after.name);
}

/** An exact type tells a key that is absent from one that is undefined, and so does what is stored. */
function withoutUndefined(output: DynamicOutput): DynamicOutput {
  const { enumValues, schema, origin, ...rest } = output;
  return { ...rest, ...(enumValues && { enumValues }), ...(schema && { schema }), ...(origin && { origin }) };
}

function renameLinks(definition: Definition, id: string, from: string, to: string): Definition {
  const refers = (reference: { node: string; output: string }) => reference.node === id && reference.output === from;
  const nodes = definition.nodes.map((node) => ({
    ...node,
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([name, source]) => [
        name,
        "link" in source && refers(source.link) ? { link: { node: id, output: to } } : source,
      ]),
    ),
  }));
  const { results } = definition;
  if (results.kind === "file")
    return { ...definition, nodes, results: refers(results) ? { ...results, output: to } : results };
  const entries = results.entries.map((entry) => (refers(entry) ? { ...entry, output: to } : entry));
  return { ...definition, nodes, results: { kind: "json", entries } };
}

export function removeOutput(definition: Definition, id: string, index: number): Definition {
  const gone = definition.nodes.find((node) => node.id === id)?.dynamicOutputs[index];
  if (!gone) return definition;
  const without = changeNode(definition, id, (node) => ({
    ...node,
    dynamicOutputs: node.dynamicOutputs.filter((_, at) => at !== index),
  }));
  const { results } = without;
  const isMeant = (link: { node: string; output: string }) => link.node === id && link.output === gone.name;
  return {
    ...without,
    nodes: without.nodes.map((node) => withoutLinks(node, isMeant)),
    results:
      results.kind === "json"
        ? { kind: "json", entries: results.entries.filter((entry) => !isMeant(entry)) }
        : isMeant(results)
          ? { kind: "json", entries: [] }
          : results,
  };
}
