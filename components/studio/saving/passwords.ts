import { ownValue } from "@/lib/values/own";
import type { Definition, InputSource, WorkflowNode } from "@/lib/workflows/definition/schema";
import { actionOf, type Catalog } from "../catalog";

/** Passwords in a definition: what a browser may hold of them, and for how long. Pure. */

type Change = (source: InputSource, node: WorkflowNode, name: string) => InputSource;

function mapInputs(definition: Definition, change: Change): Definition {
  let isChanged = false;
  const nodes = definition.nodes.map((node) => {
    const entries = Object.entries(node.inputs).map(([name, source]) => [name, change(source, node, name)] as const);
    if (entries.every(([name, source]) => source === ownValue(node.inputs, name))) return node;
    isChanged = true;
    return { ...node, inputs: Object.fromEntries(entries) };
  });
  return isChanged ? { ...definition, nodes } : definition;
}

/** For a place that outlives the page: without what was typed into a password. */
export function withoutPasswords(definition: Definition, catalog: Catalog): Definition {
  return mapInputs(definition, (source, node, name) => {
    const input = actionOf(catalog, node)?.inputs.find((candidate) => candidate.name === name);
    const isSecret = input?.type === "password" && "static" in source && source.static !== null;
    return isSecret ? { static: null } : source;
  });
}

/**
 * Takes up how the server has stored passwords: one that was sent is sealed from now on, and a seal that the server no
 * longer has, since its node had been deleted and came back by undo, is gone. What was edited since stays.
 */
export function takeUpSeals(present: Definition, sent: Definition, stored: Definition): Definition {
  const nodesOf = (from: Definition) => new Map(from.nodes.map((node) => [node.id, node]));
  const [sentNodes, storedNodes] = [nodesOf(sent), nodesOf(stored)];
  return mapInputs(present, (source, node, name) => {
    if (source !== ownValue(sentNodes.get(node.id)?.inputs, name)) return source;
    const kept = ownValue(storedNodes.get(node.id)?.inputs, name);
    return kept && "sealed" in kept !== "sealed" in source ? kept : source;
  });
}
