import { type InputOrigin, inputOrigins } from "@/lib/triggers/kinds";
import type { JsonSchema } from "@/lib/values/json-schema/document";
import { type IoType, ioTypes } from "@/lib/values/types";
import { isFields, type Reader } from "./reader";

export interface FileOutput {
  name: string;
  humanName: string;
  help: string;
  type: IoType;
  optional: boolean;
  enumValues?: string[];
  schema?: JsonSchema;
  origin?: InputOrigin;
}

const outputKeys = {
  name: ["name", "technical_name"],
  humanName: ["human_name", "display_name"],
  help: ["help"],
  type: ["type"],
  optional: ["optional"],
  enumValues: ["enum_values"],
  schema: ["schema"],
  origin: ["origin"],
};

/** An output that the workflow adds to its trigger. */
export function readOutput(reader: Reader, output: unknown, path: PropertyKey[]): FileOutput[] {
  if (!isFields(output)) {
    reader.error(path, "An output must be a map.");
    return [];
  }
  reader.unknownKeys(output, Object.values(outputKeys).flat(), path);
  const name = reader.text(output, outputKeys.name, reader.text(output, outputKeys.humanName, ""));
  if (name === "") reader.error(path, "An output needs a name.");
  const type = ioTypes.find((candidate) => candidate === output.type);
  if (!type) reader.error([...path, "type"], `The type must be one of ${ioTypes.join(", ")}.`);
  const origin = inputOrigins.find((candidate) => candidate === output.origin);
  if (output.origin !== undefined && output.origin !== null && !origin) {
    reader.error([...path, "origin"], `The origin must be one of ${inputOrigins.join(", ")}.`);
  }
  const enumValues = Array.isArray(output.enum_values) ? output.enum_values.map(String) : undefined;
  if (output.schema !== undefined && output.schema !== null && !isFields(output.schema))
    reader.error([...path, "schema"], "The schema must be a JSON Schema: a map.");
  return [
    {
      name,
      humanName: reader.text(output, outputKeys.humanName, name),
      help: reader.text(output, outputKeys.help, ""),
      type: type ?? "string",
      optional: output.optional === true,
      ...(enumValues && enumValues.length > 0 && { enumValues }),
      ...(isFields(output.schema) && { schema: output.schema as JsonSchema }),
      ...(origin && { origin }),
    },
  ];
}
