import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { showActionContract } from "@/lib/actions/contract";
import { addCatalogueEntryContract } from "@/lib/catalogue/contract";
import type { StepResource } from "@/lib/runs/contract";
import type { IoType } from "@/lib/values/types";
import { TestProject } from "./project";

const folder = resolve("actions");

/** A file of one of the packages, or any content under a name. */
export type FileInput = { file: string } | { name: string; content: string | Uint8Array<ArrayBuffer> };

export interface Ran {
  state: string;
  error: StepResource["error"];
  outputs: Record<string, unknown>;
}

const isStored = (value: unknown): value is { size: number; url: string } =>
  typeof value === "object" && value !== null && "url" in value;

function isFileInput(value: unknown): value is FileInput {
  return typeof value === "object" && value !== null && ("file" in value || "content" in value);
}

async function partOf(action: string, input: FileInput): Promise<[Blob, string]> {
  if ("content" in input) return [new Blob([input.content]), input.name];
  const bytes = new Uint8Array(await readFile(join(folder, action, input.file)));
  return [new Blob([bytes]), basename(input.file)];
}

/** A project that has actions of the catalogue, and runs each in a workflow of its own. */
export class CatalogueProject {
  private count = 0;
  private constructor(
    readonly project: TestProject,
    private readonly types: Map<string, Map<string, IoType>>,
  ) {}

  /** @throws Error naming the action whose build failed */
  static async with(...actions: string[]): Promise<CatalogueProject> {
    const project = await TestProject.create();
    const types = new Map<string, Map<string, IoType>>();
    for (const action of actions) {
      let added = await project.api(addCatalogueEntryContract, { params: { project: project.id, action } });
      const params = { project: project.id, action, version: added.version };
      while (added.state !== "built") {
        if (added.state === "failed") throw new Error(`${action}: ${added.error}`);
        await delay(50);
        added = await project.api(showActionContract, { params });
      }
      types.set(action, new Map(added.inputs.map((input) => [input.name, input.type])));
    }
    return new CatalogueProject(project, types);
  }

  /** Runs one action: files go in as an upload, everything else as the step's own values. */
  async run(action: string, inputs: Record<string, unknown>): Promise<Ran> {
    const files = Object.entries(inputs).filter((entry): entry is [string, FileInput] => isFileInput(entry[1]));
    const values = Object.entries(inputs).filter(([, value]) => !isFileInput(value));
    const path = `/${action}-${++this.count}`;
    const links = files.map(([name]) => [name, `=api.${name}`]);
    await this.project.deployEndpoint({
      path,
      timeout: 60,
      inputs: Object.fromEntries(files.map(([name]) => [name, this.types.get(action)?.get(name) ?? "file"])),
      steps: { only: { use: action, with: Object.fromEntries([...values.map(escaped), ...links]) } },
    });
    const body = new FormData();
    for (const [name, input] of files) body.append(name, ...(await partOf(action, input)));
    const answer =
      files.length > 0 ? await this.project.call(path, { method: "POST", body }) : await this.project.post(path, {});
    const id = answer.headers.get("x-workflow-run-id");
    if (!id) throw new Error(`The call was not accepted: ${answer.status} ${await answer.text()}`);
    return this.ranOf(id);
  }

  /** The outputs of a run that must succeed. */
  async outputsOf(action: string, inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { error, outputs } = await this.run(action, inputs);
    if (error) throw new Error(`${error.type}: ${error.message}`);
    return outputs;
  }

  /** Why a run that must fail did. */
  async failureOf(action: string, inputs: Record<string, unknown>): Promise<string> {
    const { error, outputs } = await this.run(action, inputs);
    if (!error) throw new Error(`It did not fail, but gave ${JSON.stringify(outputs)}`);
    return `${error.type}: ${error.message}`;
  }

  /** The bytes of an output that is a file, or a folder as a zip. */
  async bytesOf(value: unknown): Promise<Buffer> {
    if (!isStored(value)) throw new Error(`${JSON.stringify(value)} is not a file.`);
    const headers = { authorization: `Bearer ${this.project.admin.token}` };
    const answer = await fetch(new URL(value.url, this.project.url), { headers });
    if (!answer.ok) throw new Error(`The file was answered ${answer.status}.`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async textOf(value: unknown): Promise<string> {
    return (await this.bytesOf(value)).toString();
  }

  private async ranOf(id: string): Promise<Ran> {
    const run = await this.project.endedRun(id);
    const step = run.steps.find((candidate) => candidate.node === "only");
    if (!step) throw new Error("The run has no such step.");
    return { state: step.state, error: step.error, outputs: step.outputs ?? {} };
  }
}

/** A text that looks like a link stays a text. */
function escaped([name, value]: [string, unknown]): [string, unknown] {
  return [name, typeof value === "string" && value.startsWith("=") ? `=${value}` : value];
}
