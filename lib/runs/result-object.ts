import {
  isSecret,
  isStoredFile,
  type JsonValue,
  loadValue,
  type StoredValue,
  storedNull,
  storeValue,
} from "@/lib/values";
import type { RunResult } from "./outcome";

/** A run's results as one value, and the first file among them: what other workflows take of it. */
export interface ResultValues {
  result: StoredValue;
  file: StoredValue;
}

/** Files stand in the object by their names; what carries a secret on stays one. */
export async function resultObject(projectId: string, results: RunResult): Promise<ResultValues> {
  const object: { [key: string]: JsonValue } = {};
  let file: StoredValue = storedNull;
  let hasSecret = false;
  for (const [key, stored] of results) {
    if (isStoredFile(stored)) {
      if (file === storedNull) file = stored;
      if (key !== "") object[key] = stored.name;
    } else {
      hasSecret ||= isSecret(stored);
      object[key] = await loadValue(projectId, stored);
    }
  }
  return { result: await storeValue(projectId, object, hasSecret), file };
}
