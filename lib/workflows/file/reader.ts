import type { YamlFile } from "@/lib/actions/yaml-lines";
import type { Issue } from "@/lib/errors";

export type Fields = Record<string, unknown>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ignoredKeys = ["constraints", "objectives", "resources", "endpoint", "has_form", "status", "deployment_status"];

/** Picks a workflow file apart, and keeps what is wrong with it by line. */
export class Reader {
  readonly problems: Issue[] = [];

  constructor(
    readonly yaml: YamlFile,
    private readonly fileName: string,
  ) {}

  error(path: PropertyKey[], message: string): void {
    this.problems.push({ path: this.fileName, line: this.yaml.lineOf(path), severity: "error", message });
  }

  warn(path: PropertyKey[], message: string): void {
    this.problems.push({ path: this.fileName, line: this.yaml.lineOf(path), severity: "warning", message });
  }

  /** The first of several spellings of a key that is there. */
  pick(fields: Fields, names: string[]): unknown {
    for (const name of names) if (fields[name] !== undefined && fields[name] !== null) return fields[name];
    return undefined;
  }

  text(fields: Fields, names: string[], fallback: string): string {
    const value = this.pick(fields, names);
    return value === undefined ? fallback : String(value);
  }

  unknownKeys(fields: Fields, known: string[], path: PropertyKey[]): void {
    for (const key of Object.keys(fields)) {
      if (known.includes(key)) continue;
      const why = ignoredKeys.includes(key) ? "has no effect here and is left out" : "is not known and is left out";
      this.problems.push({
        path: this.fileName,
        line: this.yaml.lineOfKey(path, key),
        severity: "warning",
        message: `${key} ${why}.`,
      });
    }
  }
}
