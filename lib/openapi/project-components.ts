import type { JsonObject } from "./json-schema";

const text = (description: string): JsonObject => ({ type: "string", description });

const asyncResponse: JsonObject = {
  type: "object",
  description: "Where the results of a run will be.",
  properties: {
    result_link: {
      type: "string",
      format: "uri",
      description: "Answers what the call would have been answered, to whoever holds it; 202 until the run has ended.",
    },
    workflow_run_id: text("The run's id."),
  },
  required: ["result_link", "workflow_run_id"],
  additionalProperties: false,
};

const inputProblem: JsonObject = {
  type: "object",
  properties: {
    path: text("Where the input stands: `query.limit`, `body.city`."),
    message: text("What is wrong with it."),
  },
  required: ["path", "message"],
};

/** RFC 9457 leaves the object open, and so does this. */
const errorsModel: JsonObject = {
  type: "object",
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: text("The status in words."),
    status: { type: "integer", minimum: 400, maximum: 599 },
    detail: text("What went wrong."),
    message: text("The same as `detail`."),
    error: text("The same as `detail`."),
    code: { type: "number", description: "The code that an action chose." },
    errors: { type: "array", items: inputProblem, description: "Every input that is not right." },
    workflow_run_id: text("The run's id, where one had started."),
  },
  required: ["type", "title", "status", "detail", "message", "error"],
};

/** The names of the schemas are Ryax's. */
export const projectComponents: JsonObject = {
  schemas: { AsyncResponseSchema: asyncResponse, ErrorsModel: errorsModel },
  securitySchemes: {
    bearerKey: { type: "http", scheme: "bearer", description: "An API key of the project." },
    apiKey: { type: "apiKey", in: "header", name: "X-API-Key", description: "An API key of the project." },
  },
};
