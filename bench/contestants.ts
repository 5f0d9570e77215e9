import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleWorkflowCode } from "@temporalio/worker";
import { instance } from "@/tests/support/instance";
import { TestProject } from "@/tests/support/project";
import type { Target } from "./load";

export const shapes = ["chain", "fan-out"] as const;
export type Shape = (typeof shapes)[number];
const languages = ["python", "node"] as const;

export interface Contestant {
  name: string;
  target: (shape: Shape) => Target;
}

const json = { "content-type": "application/json" };
const body = JSON.stringify({ name: "Ada" });

function step(id: string, language: string, from: string, next: string[]): string {
  return `    - {id: ${id}, from: bench-greet-${language}, inputs_values: {name: =${from}}, streams_to: [${next.join(", ")}]}`;
}

function workflowFile(shape: Shape, language: string): string {
  const middle = Array.from({ length: 10 }, (_, index) => `m${index}`);
  const steps =
    shape === "chain"
      ? [
          step("a", language, "api.name", ["b"]),
          step("b", language, "a.greeting", ["c"]),
          step("c", language, "b.greeting", []),
        ]
      : [
          step("a", language, "api.name", middle),
          ...middle.map((id) => step(id, language, "a.greeting", ["c"])),
          step("c", language, "m0.greeting", []),
        ];
  return `
kind: Workflows
spec:
  human_name: ${shape} ${language}
  functions:
    - id: api
      from: httpapijson
      inputs_values: {path: /${shape}-${language}, method: POST}
      outputs: [{name: name, type: string, origin: body}]
      streams_to: [a]
${steps.join("\n")}
  results: [{key: greeting, value: =c.greeting}]
`;
}

export async function millraceContestants(root: string, home: string): Promise<Contestant[]> {
  const project = await TestProject.create(instance(home).url, "Benchmark");
  await project.push(join(root, "bench", "packages"));
  for (const language of languages) for (const shape of shapes) await project.deploy(workflowFile(shape, language));
  const headers = { ...json, authorization: `Bearer ${project.key}` };
  return languages.map((language) => ({
    name: `millrace, ${language}`,
    target: (shape) => ({ url: `${project.url}/user-api/${project.id}/${shape}-${language}`, headers, body }),
  }));
}

function firstMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`the yardstick ended with status ${code}`)));
  });
}

/** The yardstick, on the same Temporal server: two processes, as Millrace has them. */
export async function bareContestant(root: string, home: string): Promise<{ bare: Contestant; stop: () => void }> {
  const { temporalAddress } = instance(home);
  const bundle = join(home, "bare.js");
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, "bench", "bare", "workflows.ts"),
    logger: quiet,
  });
  writeFileSync(bundle, code);
  const compiled = join(root, "dist", "bench", "bare");
  const worker = fork(join(compiled, "worker.mjs"), [temporalAddress, bundle]);
  await firstMessage(worker);
  const web = fork(join(compiled, "web.mjs"), [temporalAddress]);
  const { port } = await firstMessage<{ port: number }>(web);
  return {
    bare: {
      name: "bare Temporal",
      target: (shape) => ({ url: `http://127.0.0.1:${port}/${shape}`, headers: json, body }),
    },
    stop() {
      for (const child of [web, worker]) child.disconnect();
    },
  };
}
