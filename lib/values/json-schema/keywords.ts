/** What each keyword's value must be. A keyword that is not here is refused, so that a slip of the pen is seen. */
export type KeywordForm =
  | "schema"
  | "schemas"
  | "named schemas"
  | "schemas by pattern"
  | "types"
  | "values"
  | "anything"
  | "number"
  | "positive number"
  | "count"
  | "flag"
  | "text"
  | "pattern"
  | "reference"
  | "names"
  | "names by name";

/** Of JSON Schema 2020-12: all that says what a value must be, but for the keywords that load or rename schemas. */
export const keywords: ReadonlyMap<string, KeywordForm> = new Map(
  Object.entries({
    type: "types",
    enum: "values",
    const: "anything",
    minimum: "number",
    maximum: "number",
    exclusiveMinimum: "number",
    exclusiveMaximum: "number",
    multipleOf: "positive number",
    minLength: "count",
    maxLength: "count",
    pattern: "pattern",
    items: "schema",
    prefixItems: "schemas",
    minItems: "count",
    maxItems: "count",
    uniqueItems: "flag",
    properties: "named schemas",
    patternProperties: "schemas by pattern",
    additionalProperties: "schema",
    propertyNames: "schema",
    required: "names",
    dependentRequired: "names by name",
    minProperties: "count",
    maxProperties: "count",
    allOf: "schemas",
    anyOf: "schemas",
    oneOf: "schemas",
    not: "schema",
    if: "schema",
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits this.
    then: "schema",
    else: "schema",
    $ref: "reference",
    // What follows says something to people and tools, and nothing about values.
    title: "text",
    description: "text",
    $comment: "text",
    format: "text",
    contentEncoding: "text",
    contentMediaType: "text",
    default: "anything",
    examples: "values",
    deprecated: "flag",
    readOnly: "flag",
    writeOnly: "flag",
  } satisfies Record<string, KeywordForm>),
);

/** These stand at the top only. */
export const rootKeywords: ReadonlyMap<string, KeywordForm> = new Map([
  ["$schema", "text"],
  ["$defs", "named schemas"],
  ["definitions", "named schemas"],
]);

/** Their schemas judge the same value, not a part of it. */
export const inPlaceKeywords = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];
