import type { Issue } from "@/lib/errors";

/**
 * The ways in which a definition can be invalid. Numbers up to 199 are Ryax's, with the meanings that we give them;
 * those from 201 are ours. Pure.
 */
export const problemCodes = {
  cycle: "1",
  noTrigger: "2",
  severalTriggers: "3",
  notConnected: "4",
  noUpstream: "101",
  triggerWithUpstream: "102",
  input: "105",
  dynamicOutputTwice: "201",
  enumWithoutValues: "202",
  pathParameter: "203",
  bodyWithoutBody: "204",
  endpointClash: "205",
  successStatus: "206",
  resultKey: "207",
  resultOutput: "208",
  fileResult: "209",
  unknownAction: "210",
  notBuilt: "211",
  unsupportedLanguage: "212",
  pathTemplate: "213",
  nodeTwice: "215",
  unknownNode: "216",
  endpointSetting: "217",
  unknownInput: "218",
  clockSetting: "219",
  ioSchema: "220",
  otherWorkflow: "221",
} as const;
export type ProblemKind = keyof typeof problemCodes;

/** Collects problems with their places: `nodes.<id>.inputs.<name>`, `edges`, `results.<index>`. */
export class Problems {
  readonly list: Issue[] = [];

  error(kind: ProblemKind, path: string, message: string): void {
    this.list.push({ code: problemCodes[kind], severity: "error", path, message });
  }

  warning(kind: ProblemKind, path: string, message: string): void {
    this.list.push({ code: problemCodes[kind], severity: "warning", path, message });
  }
}

export function isValid(problems: Issue[]): boolean {
  return problems.every((problem) => problem.severity === "warning");
}
