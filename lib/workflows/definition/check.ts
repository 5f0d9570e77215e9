import type { Issue } from "@/lib/errors";
import { triggerKindOf } from "@/lib/triggers/kinds";
import { ownValue } from "@/lib/values/own";
import { isFileType, withArticle } from "@/lib/values/types";
import { checkRunWorkflow } from "./check-run-workflow";
import { checkSource } from "./check-source";
import { checkTrigger } from "./check-trigger";
import { ancestors, type Graph, graphOf, reachableFrom, topologicalOrder } from "./graph";
import { actionKey, actionOfNode, type Library } from "./library";
import { Problems } from "./problems";
import { isTrigger, nameOf, outputsOf, type ResolvedNode } from "./resolved-node";
import type { Definition } from "./schema";

/** Everything that keeps a definition from being run, and what is worth a warning, each with its place. Pure. */
export function checkDefinition(definition: Definition, library: Library): Issue[] {
  const problems = new Problems();
  const nodes = resolve(definition, library, problems);
  const graph = graphOf(definition);
  checkEdges(definition, nodes, problems);
  const { order, cyclic } = topologicalOrder(graph);
  if (cyclic.length > 0) {
    problems.error(
      "cycle",
      "edges",
      `The steps ${cyclic.slice(0, 10).join(", ")} lead back to themselves: a workflow may not have a cycle.`,
    );
  }
  checkShape(nodes, graph, problems);
  const upstream = ancestors(graph, order);
  for (const resolved of nodes.values()) {
    if (!resolved.action) continue;
    checkInputs(resolved, nodes, upstream.get(resolved.node.id) ?? new Set(), library, problems);
    if (isTrigger(resolved)) checkTrigger(resolved.node, resolved.action.interface, library, problems);
    else checkRunWorkflow(resolved, library, problems);
  }
  checkResults(definition, nodes, problems);
  return problems.list;
}

function resolve(definition: Definition, library: Library, problems: Problems): Map<string, ResolvedNode> {
  const nodes = new Map<string, ResolvedNode>();
  for (const node of definition.nodes) {
    const place = `nodes.${node.id}`;
    if (nodes.has(node.id)) problems.error("nodeTwice", place, `There are two steps with the id ${node.id}.`);
    const action = actionOfNode(node, library);
    nodes.set(node.id, { node, action });
    if (!action) {
      const known = [...library.actions.values()].filter((other) => other.interface.id === node.action.id);
      const hint =
        known.length > 0 ? ` Its versions are ${known.map((other) => other.interface.version).join(", ")}.` : "";
      problems.error(
        "unknownAction",
        `${place}.action`,
        `“${nameOf(node)}” uses ${actionKey(node.action)}, which is not in the library.${hint}`,
      );
    } else if (action.interface.language === "unsupported") {
      problems.error(
        "unsupportedLanguage",
        `${place}.action`,
        `${actionKey(node.action)} is written for ${action.interface.type}, which cannot be run here.`,
      );
    } else if (action.state !== "built") {
      const why = action.state === "failed" ? "its build failed" : "it is still being built";
      problems.error("notBuilt", `${place}.action`, `${actionKey(node.action)} cannot be used yet: ${why}.`);
    }
  }
  return nodes;
}

function checkEdges(definition: Definition, nodes: Map<string, ResolvedNode>, problems: Problems): void {
  definition.edges.forEach(({ from, to }, index) => {
    for (const id of [from, to]) {
      if (!nodes.has(id))
        problems.error("unknownNode", `edges.${index}`, `An edge names the step ${id}, which does not exist.`);
    }
  });
}

function checkShape(nodes: Map<string, ResolvedNode>, graph: Graph, problems: Problems): void {
  const triggers = [...nodes.values()].filter(isTrigger);
  const [first, ...others] = triggers;
  if (!first) problems.error("noTrigger", "nodes", "The workflow has no trigger: nothing would start it.");
  for (const { node } of others)
    problems.error("severalTriggers", `nodes.${node.id}`, "A workflow has exactly one trigger.");
  const reached = first ? reachableFrom(graph, first.node.id) : new Set<string>();
  for (const resolved of nodes.values()) {
    const { node } = resolved;
    const parents = graph.parents.get(node.id) ?? [];
    if (isTrigger(resolved)) {
      if (parents.length > 0)
        problems.error(
          "triggerWithUpstream",
          `nodes.${node.id}`,
          "A trigger starts the workflow, so no step may lead to it.",
        );
    } else if (parents.length === 0) {
      problems.error("noUpstream", `nodes.${node.id}`, `No step leads to “${nameOf(node)}”, so it would never run.`);
    } else if (first && !reached.has(node.id)) {
      problems.error("notConnected", `nodes.${node.id}`, `“${nameOf(node)}” cannot be reached from the trigger.`);
    }
  }
}

function checkInputs(
  { node, action }: ResolvedNode,
  nodes: Map<string, ResolvedNode>,
  upstream: Set<string>,
  library: Library,
  problems: Problems,
): void {
  const declared = action?.interface.inputs ?? [];
  const known = new Set(declared.map((input) => input.name));
  for (const name of Object.keys(node.inputs)) {
    if (!known.has(name))
      problems.warning(
        "unknownInput",
        `nodes.${node.id}.inputs.${name}`,
        `${actionKey(node.action)} has no input “${name}”.`,
      );
  }
  // An endpoint's settings have their own checks.
  if (action && triggerKindOf(action.interface.id) === "http_api" && action.interface.kind === "trigger") return;
  for (const input of declared) {
    const place = `nodes.${node.id}.inputs.${input.name}`;
    const source = ownValue(node.inputs, input.name);
    if (source) checkSource(source, input, place, nodes, upstream, library, problems);
    else if (input.defaultValue === undefined && !input.optional) {
      problems.error("input", place, `“${nameOf(node)}” needs a value for “${input.humanName || input.name}”.`);
    }
  }
}

function checkResults(definition: Definition, nodes: Map<string, ResolvedNode>, problems: Problems): void {
  const { results } = definition;
  const find = (reference: { node: string; output: string }, place: string) => {
    const target = nodes.get(reference.node);
    if (target && !target.action) return undefined;
    const output = target && outputsOf(target).find((candidate) => candidate.name === reference.output);
    if (!output)
      problems.error(
        "resultOutput",
        place,
        `The result names ${reference.node}.${reference.output}, and there is no such output.`,
      );
    return output;
  };
  if (results.kind === "file") {
    const output = find(results, "results");
    if (output && !isFileType(output.type))
      problems.error(
        "fileResult",
        "results",
        `${results.node}.${results.output} is ${withArticle(output.type)}, not a file.`,
      );
    return;
  }
  const keys = new Set<string>();
  results.entries.forEach((entry, index) => {
    const place = `results.entries.${index}`;
    if (entry.key.trim() === "") problems.error("resultKey", place, "Each result needs a key.");
    else if (keys.has(entry.key)) problems.error("resultKey", place, `The key “${entry.key}” stands twice.`);
    keys.add(entry.key);
    find(entry, place);
  });
}
