import type { ActionInterface } from "@/lib/actions/interface";
import { coerceInput } from "@/lib/values/coerce";
import { isFileType, type JsonValue, withArticle } from "@/lib/values/types";
import type { Library } from "./library";
import { judgeFit, type Shape } from "./link-types";
import type { Problems } from "./problems";
import { nameOf, outputsOf, type ResolvedNode } from "./resolved-node";
import type { InputSource } from "./schema";

/** Whether an input can be given what it is to be given. */
export function checkSource(
  source: InputSource,
  input: ActionInterface["inputs"][number],
  place: string,
  nodes: Map<string, ResolvedNode>,
  upstream: Set<string>,
  library: Library,
  problems: Problems,
): void {
  const label = `“${input.humanName || input.name}”`;
  if ("static" in source) {
    const value = source.static as JsonValue;
    if (value === null) {
      if (!input.optional && input.defaultValue === undefined)
        problems.error("input", place, `${label} needs a value.`);
      return;
    }
    const coerced = coerceInput(input, value);
    if (!coerced.ok) problems.error("input", place, `${label} must be ${coerced.expected}.`);
  } else if ("file" in source) {
    if (!isFileType(input.type)) problems.error("input", place, `${label} is ${withArticle(input.type)}, not a file.`);
  } else if ("sealed" in source) {
    if (input.type !== "password")
      problems.error("input", place, `${label} is ${withArticle(input.type)}, not a password.`);
  } else if ("variable" in source) {
    const type = library.variables.get(source.variable);
    if (!type)
      problems.error("input", place, `${label} is taken from the variable ${source.variable}, which does not exist.`);
    else checkFit({ type }, input, `the variable ${source.variable}`, label, place, problems);
  } else {
    checkLink(source.link, input, label, place, nodes, upstream, problems);
  }
}

function checkLink(
  link: { node: string; output: string },
  to: Shape,
  label: string,
  place: string,
  nodes: Map<string, ResolvedNode>,
  upstream: Set<string>,
  problems: Problems,
): void {
  const target = nodes.get(link.node);
  if (!target) {
    problems.error("input", place, `${label} is linked to the step ${link.node}, which does not exist.`);
    return;
  }
  if (!upstream.has(link.node)) {
    const message = `${label} is linked to “${nameOf(target.node)}”, which does not come before this step.`;
    problems.error("input", place, message);
    return;
  }
  if (!target.action) return;
  const output = outputsOf(target).find((candidate) => candidate.name === link.output);
  if (!output) {
    problems.error("input", place, `${label} is linked to ${link.node}.${link.output}, and there is no such output.`);
    return;
  }
  checkFit(output, to, `${link.node}.${link.output}`, label, place, problems);
}

function checkFit(from: Shape, to: Shape, what: string, label: string, place: string, problems: Problems): void {
  const verdict = judgeFit(from, to);
  if (verdict === "does not fit")
    problems.error("input", place, `${label} is ${withArticle(to.type)}, but ${what} is ${withArticle(from.type)}.`);
  if (verdict === "may not fit")
    problems.warning("input", place, `${what} may give a value that ${label} does not accept.`);
}
