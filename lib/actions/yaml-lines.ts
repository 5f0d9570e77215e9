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
  type YAMLParseError,
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
/** Each line costs a reading of the whole. */
const maxMendedLines = 200;
const maxMendedChars = 64 * 1024;
const maxChars = 4 * 1024 * 1024;
/** What follows an error in YAML mostly follows from it. */
const maxErrors = 10;
/** Deeper than anybody nests, and without a meaning within quotes and brackets. */
const deepIndent = " ".repeat(100);

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

function parse(text: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.1",
    customTags: pyYamlTags,
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
  });
  return { document, lines };
}

const isOpenQuote = ({ code, message }: YAMLParseError) =>
  code === "MISSING_CHAR" && /^Missing closing ["']quote$/.test(message);

/** A quote that is never closed is found missing at the end of the file; where it was opened says more. */
function placeOf(document: Document.Parsed, error: YAMLParseError): number {
  let [place] = error.pos;
  if (!isOpenQuote(error)) return place;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith("QUOTE") && range && range[0] <= error.pos[0] && error.pos[0] <= range[2]) [place] = range;
    },
  });
  return place;
}

/** The line that stands too far left for YAML, but not for PyYAML, which does not look at it within quotes and brackets. */
function shallowLine(text: string, error: YAMLParseError): number | undefined {
  const [at] = error.pos;
  if (error.code === "BAD_INDENT") return text.lastIndexOf("\n", at - 1) + 1;
  if (!isOpenQuote(error)) return undefined;
  const next = text.indexOf("\n", at) + 1;
  return next > 0 && next < text.length ? next : undefined;
}

/** As `parse`, with lines within quotes and brackets moved to where YAML wants them; no line changes its number. */
function parseShallow(text: string) {
  const first = parse(text);
  let parsed = first;
  let moved = text;
  if (text.length > maxMendedChars) return first;
  for (let count = 0; count < maxMendedLines; count++) {
    const [error] = parsed.document.errors;
    if (!error) return parsed;
    const start = shallowLine(moved, error);
    if (start === undefined || moved.startsWith(deepIndent, start)) return first;
    moved = moved.slice(0, start) + deepIndent + moved.slice(start);
    parsed = parse(moved);
  }
  return first;
}

/** Parses as PyYAML does: 1.1 booleans, and of a repeated key the last value wins, which is worth a warning. */
export function parseYamlFile(text: string, fileName: string): YamlFile {
  const isTooLong = text.length > maxChars;
  const { document, lines } = parseShallow(isTooLong ? "" : text);
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const problems: Issue[] = document.errors.slice(0, maxErrors).map((error) => ({
    path: fileName,
    line: lineAt(placeOf(document, error)),
    message: `This is not YAML: ${error.message}`,
  }));
  if (isTooLong)
    problems.push({ path: fileName, line: 1, message: `The file has more than ${maxChars >> 20} million characters.` });
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
