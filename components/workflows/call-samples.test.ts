import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { type CallTarget, curlCall, pythonCall, typescriptCall } from "./call-samples";

const base = { humanName: "", help: "", optional: false };
const orderSchema = { examples: [{ items: [{ gift: true, note: null }] }] };
const target: CallTarget = {
  method: "POST",
  path: "/weather/{city}",
  projectUrl: "http://localhost:3000/user-api/p1",
  needsKey: true,
  inputs: [
    { ...base, name: "city", type: "string", origin: "path" },
    { ...base, name: "unit", type: "enum", enumValues: ["it's °C"], origin: "query" },
    { ...base, name: "x_trace", type: "string", origin: "header" },
    { ...base, name: "days", type: "integer", origin: "body" },
    { ...base, name: "isShort", type: "boolean", origin: "body" },
    { ...base, name: "order", type: "object", origin: "body", schema: orderSchema },
  ],
};

interface Heard {
  method: string | undefined;
  url: string | undefined;
  key: string | undefined;
  trace: unknown;
  body: string;
}

/** Runs a command against a server that says what it has heard. */
async function hear(run: (projectUrl: string) => string[]): Promise<Heard> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const heard = new Promise<Heard>((resolve) => {
    server.on("request", async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { authorization: key, "x-trace": trace } = request.headers;
      resolve({ method: request.method, url: request.url, key, trace, body });
      response.end("{}");
    });
  });
  const { port } = server.address() as AddressInfo;
  const [command, ...args] = run(`http://127.0.0.1:${port}/user-api/p1`);
  const { spawn } = await import("node:child_process");
  const child = spawn(command as string, args, { env: { ...process.env, MILLRACE_KEY: "mrk_test" }, stdio: "ignore" });
  try {
    return await Promise.race([
      heard,
      new Promise<never>((_, reject) =>
        child.on("exit", (code) => setTimeout(() => reject(new Error(`nothing was heard; exit ${code}`)), 200)),
      ),
    ]);
  } finally {
    child.kill();
    server.close();
  }
}

const sent = { days: 1, isShort: true, order: { items: [{ gift: true, note: null }] } };
const expected = {
  method: "POST",
  url: `/user-api/p1/weather/some%20city?${new URLSearchParams({ unit: "it's °C" })}`,
  key: "Bearer mrk_test",
  trace: "some x trace",
};

it("makes a shell command that sends what the endpoint takes", async () => {
  const heard = await hear((projectUrl) => ["sh", "-c", curlCall({ ...target, projectUrl })]);
  expect(heard).toMatchObject(expected);
  expect(JSON.parse(heard.body)).toEqual(sent);
});

it("makes a program for Node that sends the same", async () => {
  const heard = await hear((projectUrl) => [
    process.execPath,
    "--input-type=module",
    "-e",
    typescriptCall({ ...target, projectUrl }),
  ]);
  expect(heard).toMatchObject(expected);
  expect(JSON.parse(heard.body)).toEqual(sent);
});

it("makes Python that parses, with Python's own literals", () => {
  const code = pythonCall(target);
  execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: code });
  expect(code).toContain('"isShort": True, "order": {"items": [{"gift": True, "note": None}]}}');
});

it("sends files as a form, and no key where none is asked for", () => {
  const withFile: CallTarget = {
    ...target,
    needsKey: false,
    path: "/scan",
    inputs: [{ ...base, name: "photo", type: "file", origin: "body" }],
  };
  expect(curlCall(withFile)).toBe(`curl -X POST 'http://localhost:3000/user-api/p1/scan' \\\n  -F 'photo=@photo.dat'`);
  expect(pythonCall(withFile)).toContain('files={"photo": open("photo.dat", "rb")}');
  expect(typescriptCall(withFile)).toContain('body.set("photo", await openAsBlob("photo.dat"), "photo.dat");');
});
