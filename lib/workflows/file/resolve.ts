import { posix } from "node:path";
import type { Issue } from "@/lib/errors";
import { coerceText } from "@/lib/values/coerce";
import { isFileType, textTypes } from "@/lib/values/types";
import { actionKey, type Library, type LibraryAction } from "../definition/library";
import { outputsOf, type ResolvedNode } from "../definition/resolved-node";
import { type Definition, definitionSchema, type InputSource, type WorkflowNode } from "../definition/schema";
import type { FileNode, WorkflowFile } from "./read";

/** Files that came with a workflow file, by their path in the archive. */
export type StoredFiles = Map<string, { blob: string; size: number; name: string }>;

export interface ResolvedFile {
  /** Null when the file holds more than a definition may. */
  definition: Definition | null;
  problems: Issue[];
}

/** Turns what a file says into a definition over this project's library. */
export function resolveWorkflowFile(
  file: WorkflowFile,
  fileName: string,
  library: Library,
  stored: StoredFiles,
): ResolvedFile {
  return new Resolver(file, fileName, library, stored).resolve();
}

type FixedValue = Extract<InputSource, { static: unknown }>["static"];

const idPattern = /^(?!__proto__$)[A-Za-z0-9_-]{1,64}$/;

class Resolver {
  private readonly problems: Issue[] = [];
  /** The ids in the file, and those that the definition has for them. */
  private readonly ids = new Map<string, string>();
  private readonly resolved = new Map<string, ResolvedNode>();

  constructor(
    private readonly file: WorkflowFile,
    private readonly fileName: string,
    private readonly library: Library,
    private readonly stored: StoredFiles,
  ) {}

  resolve(): ResolvedFile {
    const { nodes } = this.file;
    for (const node of nodes) this.ids.set(node.id, this.freshId(node.id));
    for (const node of nodes) {
      const action = this.actionOf(node);
      this.resolved.set(node.id, { node: this.toNode(node, action), action });
    }
    // Links are read once every node is known: a link may name one that stands further down.
    for (const node of nodes) {
      const target = this.resolved.get(node.id) as ResolvedNode;
      for (const [name, value] of Object.entries(node.inputs)) {
        const source = this.sourceOf(value, node, name, target.action);
        if (source) target.node.inputs[name] = source;
      }
    }
    const definition = definitionSchema.safeParse({
      nodes: [...this.resolved.values()].map(({ node }) => node),
      edges: nodes.flatMap((node) => node.children.flatMap((child) => this.edge(node, child))),
      results: this.results(),
    });
    for (const issue of definition.error?.issues ?? [])
      this.report("error", this.lineOf(issue.path), `${issue.path.join(".")}: ${issue.message.replace(/\.$/, "")}.`);
    return { definition: definition.data ?? null, problems: this.problems };
  }

  /** The line of the step that a place in the definition belongs to. */
  private lineOf([list, index]: PropertyKey[]): number {
    return (list === "nodes" && typeof index === "number" && this.file.nodes[index]?.line) || 1;
  }

  private report(severity: "error" | "warning", line: number, message: string, code?: string): void {
    this.problems.push({ path: this.fileName, line, severity, message, ...(code && { code }) });
  }

  private freshId(written: string): string {
    const cleaned = idPattern.test(written) ? written : written.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 50);
    const base = idPattern.test(cleaned) ? cleaned : "step";
    const taken = new Set(this.ids.values());
    for (let count = 1; ; count++) {
      const id = count === 1 ? base : `${base}_${count}`;
      if (!taken.has(id)) return id;
    }
  }

  private actionOf(node: FileNode): LibraryAction | undefined {
    if (node.version !== undefined) {
      const exact = this.library.actions.get(actionKey({ id: node.action, version: node.version }));
      if (exact) return exact;
    }
    const known = [...this.library.actions.values()].filter((action) => action.interface.id === node.action);
    const wanted = node.version === undefined ? node.action : `${node.action}@${node.version}`;
    // The built-in triggers have one version here; a file names whichever its Ryax had.
    const newest = known.find((action) => action.state === "built");
    if (newest && (node.version === undefined || newest.interface.language === "internal")) return newest;
    const versions = known.map((action) => action.interface.version).join(", ");
    const hint = versions ? ` The library has ${versions}.` : " Push it first.";
    this.report("error", node.line, `${node.id}: the action ${wanted} is not in the library.${hint}`, "210");
    return undefined;
  }

  private toNode(node: FileNode, action: LibraryAction | undefined): WorkflowNode {
    return {
      id: this.ids.get(node.id) as string,
      name: node.name.slice(0, 128),
      action: { id: node.action || "unknown", version: action?.interface.version ?? node.version ?? "unknown" },
      inputs: {},
      dynamicOutputs: action && !action.interface.dynamicOutputs ? [] : node.outputs,
      ...(Object.keys(node.addons).length > 0 && { addons: node.addons as WorkflowNode["addons"] }),
      ...(node.retry && { retry: node.retry }),
      ...(node.position && { ui: node.position }),
    };
  }

  private edge(node: FileNode, child: string): Definition["edges"] {
    const to = this.ids.get(child);
    if (to) return [{ from: this.ids.get(node.id) as string, to }];
    this.report("error", node.line, `${node.id}: streams_to names ${child}, and there is no such step.`);
    return [];
  }

  private sourceOf(
    value: unknown,
    node: FileNode,
    name: string,
    action: LibraryAction | undefined,
  ): InputSource | undefined {
    const input = action?.interface.inputs.find((candidate) => candidate.name === name);
    if (value === null || value === undefined) return { static: null };
    if (typeof value === "string" && value.startsWith("==")) return { static: value.slice(1) };
    if (typeof value === "string" && value.startsWith("=")) {
      const link = this.linkOf(value.slice(1));
      if (link) return { link };
      this.report(
        "warning",
        node.line,
        `${node.id}.${name}: “${value}” names no output, so it is taken as plain text.`,
      );
      return { static: value };
    }
    if (isObject(value)) {
      if (Object.keys(value).join() === "value") return { static: this.fixed(value.value, input, node, name) };
      if (typeof value.link === "string") return this.explicitLink(value.link, node, name);
      if (typeof value.variable === "string") return { variable: value.variable };
      if (typeof value.file === "string") return this.fileOf(value.file, node, name);
    }
    if (typeof value === "string" && input && isFileType(input.type)) return this.fileOf(value, node, name);
    return { static: this.fixed(value, input, node, name) };
  }

  private fixed(
    value: unknown,
    input: LibraryAction["interface"]["inputs"][number] | undefined,
    node: FileNode,
    name: string,
  ): FixedValue {
    const plain = value as FixedValue;
    if (!input || plain === null) return plain;
    if (textTypes.includes(input.type) && typeof plain !== "string" && typeof plain !== "object") {
      this.report("warning", node.line, `${node.id}.${name}: ${String(plain)} is taken as text.`);
      return String(plain);
    }
    if (typeof plain === "string" && ["integer", "float", "boolean"].includes(input.type)) {
      const coerced = coerceText(input, plain);
      if (coerced.ok) return coerced.value as FixedValue;
    }
    return plain;
  }

  private explicitLink(text: string, node: FileNode, name: string): InputSource {
    const link = this.linkOf(text);
    if (link) return { link };
    this.report("error", node.line, `${node.id}.${name}: there is no output ${text}.`, "105");
    return { static: null };
  }

  /** `step.output`; an output's name may hold dots, so each dot is tried. */
  private linkOf(text: string): { node: string; output: string } | undefined {
    for (let dot = text.indexOf("."); dot > 0; dot = text.indexOf(".", dot + 1)) {
      const target = this.resolved.get(text.slice(0, dot));
      const output = text.slice(dot + 1);
      if (!target) continue;
      const known = target.action ? outputsOf(target).some((candidate) => candidate.name === output) : output !== "";
      if (known) return { node: target.node.id, output };
    }
    return undefined;
  }

  private fileOf(path: string, node: FileNode, name: string): InputSource {
    const found = this.stored.get(posix.normalize(path));
    if (found) return { file: found };
    this.report("error", node.line, `${node.id}.${name}: the file ${path} did not come with the workflow.`, "105");
    return { static: null };
  }

  private results(): Definition["results"] {
    const reference = (value: unknown, line: number, what: string) => {
      const text =
        isObject(value) && typeof value.link === "string" ? value.link : String(value ?? "").replace(/^=/, "");
      const link = this.linkOf(text);
      if (!link) this.report("error", line, `${what} names ${text || "nothing"}, and there is no such output.`, "208");
      return link;
    };
    const { results } = this.file;
    if (results.kind === "file") {
      const link = reference(results.value, results.line, "result_file");
      return link ? { kind: "file", ...link } : { kind: "json", entries: [] };
    }
    const entries = results.entries.flatMap(({ key, value, line }) => {
      const link = reference(value, line, `The result “${key}”`);
      return link ? [{ key, ...link }] : [];
    });
    return { kind: "json", entries };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
