import { AppError, type Issue } from "@/lib/errors";
import {
  type Coerced,
  coerceText,
  issuesOf,
  type StoredFile,
  type StoredValue,
  type StoredValues,
  storedNull,
  storeValue,
} from "@/lib/values";
import type { EndpointInput } from "@/lib/workflows/definition/plan";

/** What was sent for an input; undefined where nothing was. */
export type Found = Coerced | StoredFile | undefined;

/** Something that is declared, where it is looked for, and what was there. */
export interface Sought {
  declared: Pick<EndpointInput, "name" | "type" | "optional">;
  path: string;
  found: Found;
}

interface Places {
  ofBody: (input: EndpointInput) => Found;
  /** Outside of the body. */
  textOf: (input: EndpointInput) => string | undefined;
}

export const readText = (input: EndpointInput, text: string | undefined): Found =>
  text === undefined ? undefined : coerceText(input, text);

export function lookFor(inputs: EndpointInput[], { ofBody, textOf }: Places): Sought[] {
  return inputs.map((input) => ({
    declared: input,
    path: `${input.origin}.${input.name}`,
    found: input.origin === "body" ? ofBody(input) : readText(input, textOf(input)),
  }));
}

/** Stores what was found. @throws AppError `invalid_input` with each problem after `complaint` */
export async function storeFound(
  projectId: string,
  all: Sought[],
  complaint = "Some of the input is not right",
): Promise<StoredValues> {
  const issues: Issue[] = [];
  const stored: [string, StoredValue][] = [];
  for (const { declared, path, found } of all) {
    if (!found) {
      if (!declared.optional) issues.push({ path, message: "is required" });
      stored.push([declared.name, storedNull]);
    } else if ("kind" in found) {
      stored.push([declared.name, found]);
    } else if (found.ok) {
      stored.push([declared.name, await storeValue(projectId, found.value, declared.type === "password")]);
    } else {
      issues.push(...issuesOf(path, found));
    }
  }
  if (issues.length === 0) return Object.fromEntries(stored);
  const problems = issues.map((issue) => `${issue.path} ${issue.message}`).join("; ");
  throw new AppError("invalid_input", `${complaint}: ${problems}.`, { issues });
}
