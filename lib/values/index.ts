export { type Coerced, coerceInput, coerceText, issuesOf } from "./coerce";
export { parseJson, stringifyJson } from "./json";
export {
  inlineBytes,
  isSecret,
  isStoredFile,
  loadJsonText,
  loadValue,
  maxValueBytes,
  storedNull,
  storeValue,
} from "./stored";
export {
  type StoredFile,
  type StoredInline,
  type StoredValue,
  type StoredValues,
  storedValueSchema,
  storedValuesSchema,
} from "./stored-schema";
export {
  describeJson,
  fileTypes,
  type IoDefinition,
  type IoType,
  ioTypes,
  isFileType,
  isStructured,
  type JsonValue,
  textTypes,
  withArticle,
} from "./types";
export { fileOfUpload, type StoredUpload, storeUpload, type Upload } from "./uploads";
