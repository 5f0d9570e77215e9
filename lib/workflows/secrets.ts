import { open, seal } from "@/lib/crypto/cipher";
import { keyFor } from "@/lib/crypto/keys";
import type { JsonValue } from "@/lib/values";
import { ownValue } from "@/lib/values/own";
import { actionOfNode, type Library } from "./definition/library";
import type { Definition, InputSource, WorkflowNode } from "./definition/schema";

function mapInputs(
  definition: Definition,
  change: (source: InputSource, name: string, node: WorkflowNode) => InputSource,
): Definition {
  const nodes = definition.nodes.map((node) => ({
    ...node,
    inputs: Object.fromEntries(Object.entries(node.inputs).map(([name, source]) => [name, change(source, name, node)])),
  }));
  return { ...definition, nodes };
}

function isPassword(library: Library, node: WorkflowNode, name: string): boolean {
  const action = actionOfNode(node, library);
  return action?.interface.inputs.some((input) => input.name === name && input.type === "password") ?? false;
}

/**
 * Seals fixed passwords before a definition is stored. `sealed: true`, which is all that readers are shown, keeps what
 * was stored before.
 */
export function sealPasswords(definition: Definition, library: Library, previous: Definition | null): Definition {
  const before = new Map(previous?.nodes.map((node) => [node.id, node]));
  return mapInputs(definition, (source, name, node) => {
    if (
      "static" in source &&
      typeof source.static === "string" &&
      source.static !== "" &&
      isPassword(library, node, name)
    ) {
      return { sealed: seal(keyFor("values"), Buffer.from(JSON.stringify(source.static))).toString("base64") };
    }
    if (!("sealed" in source)) return source;
    // Only what this server sealed itself is taken back: a text from outside could be another tenant's.
    const kept = ownValue(before.get(node.id)?.inputs, name);
    return kept && "sealed" in kept ? kept : { static: null };
  });
}

/** For whoever reads a definition: that there is a password, and nothing of it. */
export function hidePasswords(definition: Definition): Definition {
  return mapInputs(definition, (source) => ("sealed" in source ? { sealed: true } : source));
}

export function openSealed(sealed: string): JsonValue {
  return JSON.parse(open(keyFor("values"), Buffer.from(sealed, "base64")).toString()) as JsonValue;
}
