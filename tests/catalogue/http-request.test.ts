import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { Handler, serverName } from "../support/handler";
import { type HttpServer, serveHttp } from "../support/servers";

let handler: Handler;
let server: HttpServer;
let other: HttpServer;
const counts = new Map<string, number>();

/** Answers by path: an echo, statuses, slowness, redirects, large and broken bodies. */
function answer(...[request, response, body]: Parameters<Parameters<typeof serveHttp>[0]>): void {
  const url = new URL(request.url ?? "/", "http://server");
  const [, kind = "", argument = ""] = url.pathname.split("/");
  const count = (counts.get(url.pathname) ?? 0) + 1;
  counts.set(url.pathname, count);
  if (kind === "status") return void response.writeHead(Number(argument)).end(`this is ${argument}`);
  if (kind === "flaky")
    return void response.writeHead(count < 3 ? 503 : 200, { "retry-after": "0" }).end(`try ${count}`);
  if (kind === "redirect") {
    const target = url.searchParams.get("to") ?? "/echo";
    return void response.writeHead(Number(argument), { location: target }).end();
  }
  if (kind === "loop") return void response.writeHead(302, { location: "/loop" }).end();
  if (kind === "slow") return void setTimeout(() => response.end("late"), Number(argument));
  if (kind === "drip") {
    response.writeHead(200);
    const timer = setInterval(() => response.write("x"), 100);
    return void response.on("close", () => clearInterval(timer));
  }
  if (kind === "broken") {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    return void setTimeout(() => response.destroy(), 50);
  }
  if (kind === "hangup") return void request.socket.destroy();
  if (kind === "large") return void response.end(Buffer.alloc(Number(argument), "x"));
  if (kind === "gzip") return void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("ü unpacked"));
  if (kind === "latin")
    return void response.writeHead(200, { "content-type": "text/plain; charset=latin-1" }).end(Buffer.from([0xfc]));
  if (kind === "file") {
    const headers = { "content-disposition": `attachment; filename="../../${argument}"`, "content-type": "image/png" };
    return void response.writeHead(200, headers).end(Buffer.from([0x89, 0, 1]));
  }
  const seen = { method: request.method, path: request.url, headers: request.headers, body: body.toString() };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(seen));
}

beforeAll(async () => {
  [handler, server, other] = await Promise.all([Handler.of("http-request"), serveHttp(answer), serveHttp(answer)]);
}, 120_000);
afterAll(() => Promise.all([handler?.close(), server?.close(), other?.close()]));

const call = (path: string, inputs: Record<string, unknown> = {}) => handler.run({ url: server.url + path, ...inputs });
const seenBy = async (inputs: Record<string, unknown>, path = "/echo") => {
  const { outputs, error } = await call(path, inputs);
  if (!outputs) throw new Error(error);
  return JSON.parse(String(outputs.body));
};

describe("what is sent", () => {
  it.concurrent("parameters, with lists repeated and nothing left of null", async () => {
    const query = '{"a": "x y&z", "list": [1, true], "none": null}';
    expect((await seenBy({ query }, "/echo?b=1")).path).toBe("/echo?b=1&a=x+y%26z&list=1&list=true");
  });

  it.concurrent("headers, and the ways to sign in", async () => {
    const { headers } = await seenBy({ api_key: "k", token: "t" });
    expect(headers).toMatchObject({ "x-api-key": "k", authorization: "Bearer t", "user-agent": "Millrace" });
    const basic = await seenBy({ username: "ada", password: "pässword" });
    expect(basic.headers.authorization).toBe(`Basic ${Buffer.from("ada:pässword").toString("base64")}`);
  });

  it.concurrent("JSON, texts and forms", async () => {
    const json = await seenBy({ method: "POST", body_type: "json", body: '{"a": "ü"}' });
    expect([json.body, json.headers["content-type"]]).toEqual(['{"a": "ü"}', "application/json"]);
    const form = await seenBy({ method: "PUT", body_type: "form", body: '{"a": "ü&", "b": [1, 2]}' });
    expect([form.method, form.body]).toEqual(["PUT", "a=%C3%BC%26&b=1&b=2"]);
    const xml = await seenBy({
      method: "POST",
      body_type: "text",
      body: "<a/>",
      headers: '{"Content-Type": "text/xml"}',
    });
    expect([xml.body, xml.headers["content-type"]]).toEqual(["<a/>", "text/xml"]);
  });

  it.concurrent("files, alone and in a form", async () => {
    const file = { name: "ü report.csv", content: "a,b\n" };
    const alone = await seenBy({ method: "PUT", body_type: "file", file });
    expect([alone.body, alone.headers["content-length"], alone.headers["content-type"]]).toEqual([
      "a,b\n",
      "4",
      "text/csv",
    ]);
    const multipart = await seenBy({ method: "POST", body_type: "multipart", file, body: '{"note": "n"}' });
    expect(multipart.body).toMatch(/name="note"[\s\S]*n\r\n[\s\S]*name="file"; filename[\s\S]*a,b/);
    expect((await call("/echo", { method: "POST", body_type: "file" })).error).toMatch(/needs a file/);
  });

  it.concurrent("a large file, again after a refusal", async () => {
    const content = new Uint8Array(8 << 20).fill(97);
    const { outputs } = await call("/flaky/upload", {
      method: "PUT",
      body_type: "file",
      file: { name: "a.bin", content },
    });
    expect(outputs).toMatchObject({ status: 200, body: "try 3" });
    const sizes = server.requests.filter((request) => request.url === "/flaky/upload").map(({ body }) => body.length);
    expect(sizes).toEqual([8 << 20, 8 << 20, 8 << 20]);
  });
});

describe("what comes back", () => {
  it.concurrent("texts in their encoding, and unpacked", async () => {
    expect((await call("/gzip")).outputs).toMatchObject({ body: "ü unpacked" });
    expect((await call("/latin")).outputs).toMatchObject({ body: "ü", content_type: "text/plain; charset=latin-1" });
  });

  it.concurrent("files under the last part of their name", async () => {
    const { outputs, paths } = await call("/file/a.png");
    expect(outputs).toMatchObject({ body: null, content_type: "image/png" });
    expect(paths?.file).toMatch(/\/a\.png$/);
    expect([...(await readFile(paths?.file ?? ""))]).toEqual([0x89, 0, 1]);
  });

  it.concurrent("no more than is wanted", async () => {
    expect((await call(`/large/${1 << 20}`, { max_megabytes: 1 })).outputs?.status).toBe(200);
    expect((await call(`/large/${(1 << 20) + 1}`, { max_megabytes: 1 })).error).toMatch(/more than 1 MiB/);
    expect((await call(`/large/${9 << 20}`)).outputs).toMatchObject({ status: 200, body: null });
  });

  it.concurrent("a status of 400 and up as a failure with what was said, unless told otherwise", async () => {
    expect((await call("/status/404?secret=1", { retries: 0 })).error).toMatch(
      /^HttpError: http:\/\/[^/]+:\d+\/status\/404 answered 404 Not Found: this is 404$/,
    );
    expect((await call("/status/404", { fail_on_error: false })).outputs).toMatchObject({
      status: 404,
      body: "this is 404",
    });
    expect((await call("/status/204")).outputs).toMatchObject({ status: 204, body: "" });
  });
});

describe("retries", () => {
  it.concurrent("until the server can answer", async () => {
    expect((await call("/flaky/get")).outputs).toMatchObject({ body: "try 3" });
    expect((await call("/flaky/few", { retries: 1, fail_on_error: false })).outputs).toMatchObject({ status: 503 });
  });

  it.concurrent("never of a POST that was sent", async () => {
    expect((await call("/flaky/post", { method: "POST", fail_on_error: false })).outputs).toMatchObject({
      status: 503,
      body: "try 1",
    });
    expect((await call("/hangup/post", { method: "POST" })).error).toMatch(/hung up or cannot be reached/);
    expect(counts.get("/hangup/post")).toBe(1);
    expect((await call("/hangup/get")).error).toMatch(/hung up or cannot be reached/);
    expect(counts.get("/hangup/get")).toBe(3);
  });

  it.concurrent("of a server that is not there, and then its address without secrets", async () => {
    const port = await freePort();
    const { error, log } = await handler.run({
      url: `http://ada:secret@${serverName}:${port}/x?key=secret`,
      retries: 1,
    });
    expect(error).toMatch(new RegExp(`^HttpError: http://${serverName}:${port}/x (hung up or )?cannot be reached`));
    expect(log).toContain(`${serverName}:${port}`);
    expect(error + log).not.toContain("secret");
  });
});

describe("time", () => {
  it.concurrent.each(["/slow/3000", "/drip/1"])("is limited for %s", async (path) => {
    const started = Date.now();
    expect((await call(path, { timeout: 0.6 })).error).toMatch(/^TimeoutError: .* was not done after 0.6 s/);
    expect(Date.now() - started).toBeLessThan(2_500);
  });

  it.concurrent("an answer that breaks off is a failure", async () => {
    expect((await call("/broken/1")).error).toMatch(/broke off/);
  });
});

describe("redirects", () => {
  it.concurrent("are followed, and a POST becomes a GET where it should", async () => {
    const seen = await seenBy({ method: "POST", body_type: "json", body: "{}" }, "/redirect/303");
    expect(seen.method).toBe("GET");
    const kept = await seenBy({ method: "POST", body_type: "json", body: "{}" }, "/redirect/307");
    expect([kept.method, kept.body]).toEqual(["POST", "{}"]);
    expect((await call("/redirect/302", { follow_redirects: false })).outputs).toMatchObject({ status: 302 });
    expect((await call("/loop")).error).toMatch(/redirects more than 10 times/);
  });

  it.concurrent("take no secret to another host", async () => {
    const secrets = { token: "t", api_key: "k", api_key_header: "X-Key" };
    const away = `/redirect/302?to=${encodeURIComponent(`${other.url}/echo`)}`;
    const { headers } = await seenBy(secrets, away);
    expect([headers.authorization, headers["x-key"]]).toEqual([undefined, undefined]);
    const basic = await seenBy({ username: "ada", password: "p" }, away);
    expect(basic.headers.authorization).toBeUndefined();
    expect((await seenBy(secrets, "/redirect/302")).headers).toMatchObject({ authorization: "Bearer t", "x-key": "k" });
  });
});

it.concurrent.each([
  [{ url: "ftp://example.com/" }, /must begin with http/],
  [{ url: "no address" }, /must begin with http|cannot be used/],
  [{ headers: '{"a b": "c"}' }, /cannot be used|Illegal header/],
  [{ headers: '{"a": "c\\nd: e"}' }, /cannot be used|Illegal header/],
  [{ query: "[1]" }, /query must be a JSON object/],
  [{ body_type: "json", body: "{" }, /body is not JSON/],
])("refuses %j", async (inputs, message) => {
  expect((await call("/echo", inputs)).error).toMatch(message);
});
