import { acceptedBodies, bodyInputsOf } from "@/lib/endpoints/body-types";
import { idempotencyHeader, maxIdempotencyKeyLength } from "@/lib/endpoints/idempotency-header";
import type { EndpointContract, EndpointInput } from "@/lib/workflows/definition/plan";
import { ioSchema, partMediaType } from "./io-schema";
import { type JsonObject, nullable } from "./json-schema";
import type { SharedSchemas } from "./shared-schemas";

const helpOf = ({ help, humanName, name }: EndpointInput) => help || (humanName === name ? "" : humanName);

const described = (schema: JsonObject, text: string): JsonObject => (text ? { description: text, ...schema } : schema);

/** @param name the parameter's name in the document, which another endpoint's template may have chosen */
function parameterOf(input: EndpointInput, name: string, shared: SharedSchemas): JsonObject {
  const schema = ioSchema(input, "text", shared);
  const help = helpOf(input);
  return {
    name,
    in: input.origin,
    required: input.origin === "path" || !input.optional,
    ...(help && { description: help }),
    // An empty segment is not matched by a path's parameter.
    schema: input.origin === "path" && schema.type === "string" ? { ...schema, minLength: 1 } : schema,
  };
}

const idempotencyKey: JsonObject = {
  name: idempotencyHeader,
  in: "header",
  required: false,
  description:
    "Names the call, so that it can be sent again when its answer was lost: a second call with the same key and the same inputs has the run and the answer of the first.",
  schema: { type: "string", minLength: 1, maxLength: maxIdempotencyKeyLength },
};

/** Versions from before the header had a meaning may have an input of its name. */
const isIdempotencyKey = ({ name, origin }: EndpointInput) =>
  origin === "header" && name.toLowerCase().replaceAll("_", "-") === idempotencyHeader.toLowerCase();

export function parametersOf(
  contract: EndpointContract,
  nameOf: (input: EndpointInput) => string,
  shared: SharedSchemas,
): JsonObject[] {
  const own = contract.inputs.filter((input) => input.origin !== "body");
  const described = own.map((input) => parameterOf(input, nameOf(input), shared));
  return own.some(isIdempotencyKey) ? described : [...described, idempotencyKey];
}

function objectOf(inputs: EndpointInput[], schemaOf: (input: EndpointInput) => JsonObject): JsonObject {
  const required = inputs.filter((input) => !input.optional).map((input) => input.name);
  return {
    type: "object",
    properties: Object.fromEntries(inputs.map((input) => [input.name, schemaOf(input)])),
    ...(required.length > 0 && { required }),
  };
}

function jsonContent(inputs: EndpointInput[], shared: SharedSchemas): JsonObject {
  const schema = objectOf(inputs, (input) => {
    const plain = ioSchema(input, "json", shared);
    const isFile = plain.type === "null";
    const help = isFile ? "A file can only be sent as multipart/form-data." : helpOf(input);
    return described(input.optional && !isFile ? nullable(plain) : plain, help);
  });
  return { schema };
}

function formContent(inputs: EndpointInput[], shared: SharedSchemas): JsonObject {
  const encoding = inputs.flatMap((input) => {
    const contentType = partMediaType(input);
    return contentType ? [[input.name, { contentType }] as const] : [];
  });
  return {
    schema: objectOf(inputs, (input) => described(ioSchema(input, "part", shared), helpOf(input))),
    encoding: Object.fromEntries(encoding),
  };
}

/** Undefined for an endpoint that reads no body. */
export function requestBodyOf(contract: EndpointContract, shared: SharedSchemas): JsonObject | undefined {
  const inputs = bodyInputsOf(contract);
  if (inputs.length === 0) return undefined;
  const accepted = acceptedBodies(inputs);
  return {
    required: inputs.some((input) => !input.optional),
    content: {
      ...(accepted.json && { "application/json": jsonContent(inputs, shared) }),
      ...(accepted.form && { "multipart/form-data": formContent(inputs, shared) }),
    },
  };
}
