import type { ActionInterface } from "@/lib/actions/interface";
import type { InputOrigin } from "@/lib/triggers/kinds";
import { coerceInput } from "@/lib/values/coerce";
import { checkDeclaredSchema } from "@/lib/values/json-schema";
import { isFileType, isStructured, type JsonValue } from "@/lib/values/types";
import { fixedSetting } from "./fixed-setting";
import {
  defaultReplyTimeoutSeconds,
  type EndpointSettings,
  type HttpMethod,
  httpMethods,
  methodsWithoutBody,
  normalizePath,
  pathParameters,
  pathProblems,
} from "./http-endpoint";
import type { Problems } from "./problems";
import type { DynamicOutput, WorkflowNode } from "./schema";

/** Where an endpoint's input is taken from when its author does not say. */
export function originOf(output: DynamicOutput, settings: Pick<EndpointSettings, "method" | "path">): InputOrigin {
  if (output.origin) return output.origin;
  if (pathParameters(settings.path).includes(output.name)) return "path";
  return methodsWithoutBody.includes(settings.method) ? "query" : "body";
}

function successStatusOf(value: JsonValue | undefined, place: string, problems: Problems): 200 | 201 {
  const text = String(value ?? 200);
  if (text === "200" || text === "201") return text === "200" ? 200 : 201;
  const reason =
    text === "202"
      ? "202 is reserved: it is the answer when the results take longer than the caller may wait"
      : "it must be 200 or 201";
  problems.error("successStatus", `${place}.success_status_code`, `The success status cannot be ${text}: ${reason}.`);
  return 200;
}

/** Says what is wrong with a path template. */
export function reportPath(path: string, place: string, problems: Problems): void {
  for (const problem of pathProblems(path))
    problems.error("pathTemplate", place, `The path cannot be used: ${problem}.`);
}

/** The path that a trigger is reached at, below the project URL. */
export function readPath(
  node: WorkflowNode,
  trigger: Pick<ActionInterface, "inputs" | "outputs">,
  problems: Problems,
): string {
  const place = `nodes.${node.id}.inputs.path`;
  const written = String(fixedSetting(node, trigger, "path", problems) ?? "");
  const path = normalizePath(written);
  if (written.trim() === "")
    problems.error("pathTemplate", place, "Give the endpoint a path, such as /weather/{city}.");
  reportPath(path, place, problems);
  return path;
}

/** Reads the settings of an HTTP API trigger, and says what is wrong with them. */
export function checkEndpoint(
  node: WorkflowNode,
  trigger: Pick<ActionInterface, "inputs" | "outputs">,
  problems: Problems,
): EndpointSettings {
  const place = `nodes.${node.id}.inputs`;
  const text = (name: string) => String(fixedSetting(node, trigger, name, problems) ?? "");
  const path = readPath(node, trigger, problems);
  const method = (text("method") || "POST").toUpperCase() as HttpMethod;
  if (!httpMethods.includes(method))
    problems.error("endpointSetting", `${place}.method`, `The method must be one of ${httpMethods.join(", ")}.`);
  const timeout = coerceInput(
    { type: "float" },
    fixedSetting(node, trigger, "async_reply_timeout", problems) ?? defaultReplyTimeoutSeconds,
  );
  if (!timeout.ok)
    problems.error("endpointSetting", `${place}.async_reply_timeout`, "The time-out must be a number of seconds.");
  const settings: EndpointSettings = {
    method,
    path,
    summary: text("summary"),
    description: text("description"),
    tags: text("tags")
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
    successStatus: successStatusOf(fixedSetting(node, trigger, "success_status_code", problems), place, problems),
    replyTimeoutSeconds: timeout.ok ? Number(timeout.value) : defaultReplyTimeoutSeconds,
  };
  checkEndpointInputs(node, trigger, settings, problems);
  return settings;
}

/** Headers are the protocol's: a definition of one that Millrace or HTTP reads itself would never be filled as meant. */
const takenHeaders = [
  // OpenAPI, too, leaves this one to the protocol.
  "accept",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "expect",
  "host",
  "idempotency-key",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-api-key",
  "x-millrace-address",
];
/** What HTTP lets a header or a cookie be named. */
const tokenPattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What comes with a call: each input once, and where it can come from. */
export function checkEndpointInputs(
  node: WorkflowNode,
  trigger: Pick<ActionInterface, "inputs" | "outputs">,
  settings: Pick<EndpointSettings, "method" | "path">,
  problems: Problems,
): void {
  const parameters = new Set(pathParameters(settings.path));
  const seen = new Set(trigger.outputs.map((output) => output.name));
  node.dynamicOutputs.forEach((output, index) => {
    const place = `nodes.${node.id}.dynamicOutputs.${index}`;
    const origin = originOf(output, settings);
    const wireName = origin === "header" ? output.name.toLowerCase().replaceAll("_", "-") : output.name;
    if (seen.has(wireName)) problems.error("dynamicOutputTwice", place, `There are two inputs named “${output.name}”.`);
    seen.add(wireName);
    if (output.type === "enum" && !output.enumValues?.length)
      problems.error("enumWithoutValues", place, `“${output.name}” is an enum without values.`);
    for (const { at, expected } of checkDeclaredSchema(output))
      problems.error("ioSchema", place, `The schema of “${output.name}” must be ${expected}${at && ` at ${at}`}.`);
    if (origin === "path") {
      if (!parameters.delete(output.name))
        problems.error("pathParameter", place, `The path ${settings.path} has no parameter {${output.name}}.`);
      if (output.optional)
        problems.error("pathParameter", place, `“${output.name}” is part of the path, so it cannot be optional.`);
    }
    if (origin === "body" && methodsWithoutBody.includes(settings.method)) {
      problems.error("bodyWithoutBody", place, `${settings.method} calls have no body to take “${output.name}” from.`);
    }
    if (origin !== "body" && (isFileType(output.type) || isStructured(output.type))) {
      const kind = isFileType(output.type) ? "a file" : "structured";
      problems.error(
        "pathParameter",
        place,
        `“${output.name}” is ${kind} (${output.type}), which can only come in the body.`,
      );
    }
    if ((origin === "header" || origin === "cookie") && !tokenPattern.test(output.name)) {
      problems.error(
        "pathParameter",
        place,
        `“${output.name}” cannot name a ${origin}: use letters, digits, dashes and underscores.`,
      );
    }
    if (origin === "header" && takenHeaders.includes(wireName)) {
      problems.error(
        "pathParameter",
        place,
        `The header ${output.name} has a meaning of its own and cannot be an input.`,
      );
    }
  });
  for (const name of parameters) {
    problems.error(
      "pathParameter",
      `nodes.${node.id}.inputs.path`,
      `The path's parameter {${name}} has no input of that name.`,
    );
  }
}
