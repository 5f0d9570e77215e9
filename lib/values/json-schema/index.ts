export { checkDeclaredSchema, checkSchema, maxSchemaBytes } from "./check-schema";
export {
  definitionNameOf,
  isSchemaObject,
  type JsonSchema,
  jsonSchemaSchema,
  placeIn,
  type Subschema,
  type Violation,
} from "./document";
export { maxValueDepth, validate } from "./validate";
