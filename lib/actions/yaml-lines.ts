import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
} from "yaml";
import type { Issue } from "@/lib/errors";

/** A YAML 1.1 file whose problems can be told by line. */
export interface YamlFile {
  document: Document.Parsed;
  /** Undefined when the text is not YAML. */
  value: unknown;
  problems: Issue[];
  /** 1-based line of the value at a path, or of the nearest thing above it that exists. */
  lineOf(path: PropertyKey[]): number;
  /** 1-based line of a key itself. */
  lineOfKey(path: PropertyKey[], key: string): number;
}

const maxAliases = 100;

const isTag = (tag: Tags[number], name: string): tag is ScalarTag =>
  typeof tag === "object" && tag.tag === `tag:yaml.org,2002:${name}`;

/**
 * PyYAML's reading of 1.1: `y` and `n` are words there, and a date is left as it was written, since no type of ours is
 * one.
 */
function pyYamlTags(tags: Tags): Tags {
  return tags
    .filter((tag) => !isTag(tag, "timestamp"))
    .map((tag) => {
      if (!isTag(tag, "bool") || !tag.test) return tag;
      const words = tag.test.test("true")
        ? /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/
        : /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/;
      return { ...tag, test: words };
    });
}

/** Parses as PyYAML does: 1.1 booleans, and of a repeated key the last value wins, which is worth a warning. */
export function parseYamlFile(text: string, fileName: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.1",
    customTags: pyYamlTags,
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
  });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const problems: Issue[] = document.errors.map((error) => ({
    path: fileName,
    line: lineAt(error.pos[0]),
    message: `This is not YAML: ${error.message}`,
  }));
  let value: unknown;
  if (problems.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: maxAliases });
    } catch (error) {
      problems.push({ path: fileName, line: 1, message: `This YAML cannot be read: ${(error as Error).message}` });
    }
    problems.push(...repeatedKeys(document, fileName, lineAt));
  }
  const nodeAt = (path: PropertyKey[]) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return node;
    }
    return document.contents;
  };
  return {
    document,
    value,
    problems,
    lineOf: (path) => lineAt(nodeAt(path)?.range?.[0] ?? 0),
    lineOfKey(path, key) {
      const map = path.length === 0 ? document.contents : document.getIn(path, true);
      const pair = isMap(map)
        ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      const keyNode = pair && isPair(pair) && isNode(pair.key) ? pair.key : nodeAt(path);
      return lineAt(keyNode?.range?.[0] ?? 0);
    },
  };
}

function repeatedKeys(document: Document.Parsed, fileName: string, lineAt: (offset: number) => number): Issue[] {
  const warnings: Issue[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) {
          warnings.push({
            path: fileName,
            line: lineAt(key.range?.[0] ?? 0),
            severity: "warning",
            message: `The key “${name}” stands twice; the last one counts.`,
          });
        }
        seen.add(name);
      }
    },
  });
  return warnings;
}
