import { bodyInputsOf } from "@/lib/endpoints/body-types";
import type { EndpointContract } from "@/lib/workflows/definition/plan";
import { ioSchema } from "./io-schema";
import { type JsonObject, nullable } from "./json-schema";
import type { SharedSchemas } from "./shared-schemas";

export interface DocumentedEndpoint {
  contract: EndpointContract;
  /** Whether there are steps that can fail, or choose the answer with a RyaxException. */
  hasSteps: boolean;
}

const header = (description: string, schema: JsonObject): JsonObject => ({ description, required: true, schema });
const runHeader = { "X-Workflow-Run-Id": header("The run's id.", { type: "string" }) };
const replayedHeader = {
  "Idempotent-Replayed": {
    description: "`true` where an earlier call had the same `Idempotency-Key`, and this is its answer.",
    schema: { type: "string", enum: ["true"] },
  },
};
const retryHeader = {
  "Retry-After": header("Seconds after which to try again.", { type: "integer", minimum: 1 }),
};

const limitHeader = {
  "X-Millrace-Limit": header("The name of the limit that is reached.", { type: "string" }),
};

function problem(description: string, headers?: JsonObject): JsonObject {
  return {
    description,
    ...(headers && { headers }),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/ErrorsModel" } } },
  };
}

function resultContent({ results }: EndpointContract, shared: SharedSchemas): JsonObject {
  if (results.kind === "file") {
    if (results.type === "directory") return { "application/zip": {} };
    // A file that a caller sent keeps the media type that it was sent with.
    return { "application/octet-stream": {}, "*/*": {} };
  }
  const properties = results.entries.map(({ key, help, nullable: isNullable, ...io }) => {
    const schema = ioSchema({ ...io, name: key }, "result", shared);
    return [key, { ...(help && { description: help }), ...(isNullable ? nullable(schema) : schema) }] as const;
  });
  return {
    "application/json": {
      schema: {
        type: "object",
        properties: Object.fromEntries(properties),
        ...(properties.length > 0 && { required: properties.map(([key]) => key) }),
        additionalProperties: false,
      },
    },
  };
}

function successOf(contract: EndpointContract, shared: SharedSchemas): JsonObject {
  const later = "What the result link answers once the run has completed; the call itself is answered with 202.";
  return {
    description: contract.replyTimeoutSeconds === 0 ? later : "The run's results.",
    headers: { ...runHeader, ...replayedHeader },
    content: resultContent(contract, shared),
  };
}

function acceptedOf({ replyTimeoutSeconds: seconds }: EndpointContract): JsonObject {
  const when =
    seconds === 0
      ? "The run has started."
      : seconds < 0
        ? "The run takes longer than a connection can be kept."
        : `The run takes longer than ${seconds} s.`;
  return {
    description: `${when} It goes on, and the result link answers with 202 until it has ended.`,
    headers: {
      Location: header("The result link.", { type: "string", format: "uri" }),
      ...retryHeader,
      ...runHeader,
      ...replayedHeader,
    },
    content: { "application/json": { schema: { $ref: "#/components/schemas/AsyncResponseSchema" } } },
  };
}

const unauthorized = () =>
  problem("No valid API key came with the call.", {
    "WWW-Authenticate": header("How to authenticate.", { type: "string" }),
  });

const failed = () =>
  problem("The run failed, or was canceled. `workflow_run_id` finds it in the dashboard.", runHeader);

const chosen = () =>
  problem("An action of the workflow refused the call: with a status from 400 to 599 and a message of its own.", {
    ...runHeader,
  });

/** The answers that can come, and no others. */
export function responsesOf(
  { contract, hasSteps }: DocumentedEndpoint,
  requireKey: boolean,
  shared: SharedSchemas,
): JsonObject {
  const bodyInputs = bodyInputsOf(contract);
  const hasBody = bodyInputs.length > 0;
  const hasTexts = contract.inputs.length > bodyInputs.length;
  return {
    [contract.successStatus]: successOf(contract, shared),
    "202": acceptedOf(contract),
    "400": problem(hasBody ? "The address or the body cannot be read." : "The address cannot be read."),
    ...(requireKey && { "401": unauthorized() }),
    "404": problem("The endpoint is not live any more, or the path leads to none."),
    "405": problem("The path is live with other methods only.", {
      Allow: header("The methods that it answers.", { type: "string" }),
    }),
    "409": problem("The `Idempotency-Key` came with other inputs before."),
    ...(hasBody && {
      "413": problem("The body is too large."),
      "415": problem("The body's content type is none of those that are taken."),
    }),
    "422": problem("Inputs are missing or not of their type, and `errors` lists each of them."),
    "429": problem("A limit of the project is reached.", { ...retryHeader, ...limitHeader }),
    ...(hasTexts && { "431": problem("The address and the headers are larger than 16 KiB together.") }),
    "500": failed(),
    "503": problem("Calls cannot be taken just now.", retryHeader),
    "507": problem("The project's storage is full.", limitHeader),
    ...(hasSteps && { default: chosen() }),
  };
}
