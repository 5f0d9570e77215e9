import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NetworkAccess } from "@/lib/actions/network";
import { errorOf, type Handler, outputsOf, TestRunnerd } from "../support/runnerd";

/** Stands for a server of somebody's on the internet: the operator has opened this address and no other of loopback. */
const outside = "127.0.0.77";
const isRoot = process.getuid?.() === 0;
/** Who cannot name addresses writes them as one number, which resolvers read and no sandbox takes for its own. */
const [name, ofTheHost] = isRoot ? ["api.test", "internal.test"] : ["2130706509", "2130706433"];
const metadata = "169.254.169.254";
const web = createHttpServer((request, response) => response.end(`${request.method} ${request.url}`));
const echo = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
/** Resets each connection that something was sent over. */
const rude = createServer((socket) => socket.once("data", () => socket.resetAndDestroy()).on("error", () => {}));
const secret = createHttpServer((_request, response) => response.end("of the host"));
const database = createServer((socket) => socket.end("of the platform"));
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

let runnerd: TestRunnerd;
beforeAll(async () => {
  await Promise.all([
    new Promise<void>((done) => web.listen(0, outside, done)),
    new Promise<void>((done) => echo.listen(0, outside, done)),
    new Promise<void>((done) => rude.listen(0, outside, done)),
    new Promise<void>((done) => database.listen(0, outside, done)),
    new Promise<void>((done) => secret.listen(0, "127.0.0.1", done)),
  ]);
  runnerd = await TestRunnerd.start(
    { MILLRACE_PRIVATE_NETWORKS: outside },
    isRoot ? { [name]: outside, [ofTheHost]: "127.0.0.1" } : {},
    [`${outside}:${portOf(database)}`],
  );
});
afterAll(async () => {
  await runnerd.stop();
  for (const server of [web, echo, rude, secret, database]) server.close();
});

const outputs = { said: "string" } as const;
const inputs = { host: "string", port: "integer" } as const;

const pythonGet: Handler = {
  code: `
import urllib.request
def handle(i):
    return {"said": urllib.request.urlopen("http://%s:%d/hello" % (i["host"], i["port"]), timeout=5).read().decode()}
`,
  inputs,
  outputs,
};
const pythonAsync: Handler = {
  code: `
import asyncio
async def handle(i):
    reader, writer = await asyncio.open_connection(i["host"], i["port"])
    writer.write(b"GET /hello HTTP/1.0\\r\\n\\r\\n")
    return {"said": (await reader.read()).decode().split("\\r\\n\\r\\n")[1]}
`,
  inputs,
  outputs,
};
const nodeFetch: Handler = {
  language: "node",
  code: "module.exports = async ({ host, port }) => ({ said: await (await fetch('http://' + host + ':' + port + '/hello')).text() });",
  inputs,
  outputs,
};
const nodeHttp: Handler = {
  language: "node",
  code: `
const http = require("node:http");
module.exports = ({ host, port }) => new Promise((resolve, reject) => {
  http.get({ host, port, path: "/hello" }, (response) => {
    let said = "";
    response.on("data", (data) => { said += data; }).on("end", () => resolve({ said }));
  }).on("error", reject);
});`,
  inputs,
  outputs,
};
const pythonSocket: Handler = {
  code: `
import socket
def handle(i):
    with socket.create_connection((i["host"], i["port"]), timeout=5) as connection:
        connection.sendall(b"x" * 1_000_000)
        connection.shutdown(socket.SHUT_WR)
        size = 0
        while part := connection.recv(65536): size += len(part)
    return {"said": str(size)}
`,
  inputs,
  outputs,
};
const nodeSocket: Handler = {
  language: "node",
  code: `
const net = require("node:net");
module.exports = ({ host, port }) => new Promise((resolve, reject) => {
  let size = 0;
  const socket = net.connect(port, host, () => socket.end(Buffer.alloc(1e6)));
  socket.on("data", (data) => { size += data.length; }).on("end", () => resolve({ said: String(size) })).on("error", reject);
});`,
  inputs,
  outputs,
};
const clients: Record<string, Handler> = {
  "Python's urllib": pythonGet,
  "Python's asyncio": pythonAsync,
  // It reads a number as the address that it is.
  ...(isRoot && { "Node's fetch": nodeFetch }),
  "Node's http": nodeHttp,
};
const named = Object.entries(clients);
const withNetwork = (handler: Handler, network: NetworkAccess) => ({ ...handler, spec: { network } });
const get = async (handler: Handler, network: NetworkAccess, host: string, port: number) =>
  runnerd.run(withNetwork(handler, network), { host, port });

it("a server that resets a connection ends that call and nothing else", async () => {
  const on: NetworkAccess = { policy: "on", hosts: [] };
  expect(errorOf(await get(pythonGet, on, name, portOf(rude))).class).toMatch(/Error|Disconnected/);
  expect(outputsOf(await get(pythonGet, on, name, portOf(web)))).toEqual({ said: "GET /hello" });
});

describe("off", () => {
  const off: NetworkAccess = { policy: "off", hosts: [] };

  it.each(named)("%s is told that it is, and how to have it granted", async (_name, handler) => {
    const ended = await get(handler, off, "api.example.com", 443);
    const text = JSON.stringify([errorOf(ended), ended.lines]);
    expect(text).toContain("its network is off");
    expect(text).toContain("millrace action grant probe --network allow-list --host api.example.com");
  });
});

describe("allow-list", () => {
  const list = (): NetworkAccess => ({
    policy: "allow-list",
    hosts: [portOf(web), portOf(echo), portOf(secret)].flatMap((port) => [
      `${name}:${port}`,
      `${ofTheHost}:${port}`,
      `${metadata}:${port}`,
    ]),
  });

  it.each(named)("%s gets through to a granted host", async (_name, handler) => {
    expect(outputsOf(await get(handler, list(), name, portOf(web)))).toEqual({ said: "GET /hello" });
  });

  it.each(named)("%s is refused any other, and told so", async (_name, handler) => {
    const ended = await get(handler, list(), "other.example.com", 443);
    const text = JSON.stringify([errorOf(ended), ended.lines]);
    expect(text).toMatch(/other\.example\.com.*allow-list.*millrace action grant probe/);
  });

  it.each(named)(
    "%s is not let through to the host's own services, even when they are granted",
    async (_name, handler) => {
      for (const host of [ofTheHost, metadata]) {
        const ended = await get(handler, list(), host, portOf(secret));
        expect(errorOf(ended).message).toContain("is not an address on the internet");
        expect(ended.lines).toContainEqual([expect.any(Number), "system", expect.stringContaining(host)]);
      }
    },
  );

  it.each([
    ["Python", pythonSocket],
    ["Node", nodeSocket],
  ])("carries any protocol over TCP, from %s, to its last byte", async (_name, handler) => {
    expect(outputsOf(await get(handler, list(), name, portOf(echo)))).toEqual({ said: "1000000" });
  });

  it("is the gateway's to keep: a handler that goes around its runner gets nowhere else", async () => {
    const code = `
import socket
def ask(target):
    gateway = socket.socket(socket.AF_UNIX)
    gateway.settimeout(5)
    gateway.connect("/run/network.sock")
    gateway.sendall(("CONNECT %s HTTP/1.1\\r\\n\\r\\n" % target).encode())
    return gateway.recv(200).decode().split("\\r\\n")[0]
def direct(host, port):
    try:
        with socket.socket() as client:
            client.connect((host, port))
            return client.recv(100).decode()
    except OSError as error:
        return error.strerror
def handle(i):
    said = [ask(target) for target in i["targets"].split(" ")]
    return {"said": "; ".join(said + [direct("127.0.0.1", i["port"]), direct("10.0.0.1", 80)])}
`;
    const targets = [
      `${name}:${portOf(web)}`,
      `${name}:22`,
      `127.0.0.77:${portOf(web)}`,
      `${ofTheHost}:${portOf(secret)}`,
    ];
    const handler = {
      code,
      inputs: { targets: "string", port: "integer" } as const,
      outputs,
      spec: { network: list() },
    };
    const { said } = outputsOf(await runnerd.run(handler, { targets: targets.join(" "), port: portOf(secret) }));
    expect(String(said).split("; ")).toEqual([
      "HTTP/1.1 200 Connected",
      "HTTP/1.1 403 Forbidden",
      "HTTP/1.1 403 Forbidden",
      "HTTP/1.1 403 Forbidden",
      "Connection reset by peer",
      "Network is unreachable",
    ]);
  });

  it("leaves what a handler serves to itself alone", async () => {
    const code = `
import http.server, threading, urllib.request
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"mine")
def handle(i):
    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return {"said": urllib.request.urlopen("http://localhost:%d/" % server.server_port).read().decode()}
`;
    expect(outputsOf(await runnerd.run({ code, outputs, spec: { network: list() } }))).toEqual({ said: "mine" });
  });
});

it.each(named)("%s is told why a host that it may reach cannot be", async (_name, handler) => {
  const nobody = { policy: "on" as const, hosts: [] };
  const error = errorOf(await get(handler, nobody, name, 59_999));
  expect(error.message).toContain(`The network let no connection to ${name}:59999 through: the connection was refused`);
});

describe("on", () => {
  const on: NetworkAccess = { policy: "on", hosts: [] };

  it.each(named)("%s gets through to any host of the internet, and to none of the machine", async (_name, handler) => {
    expect(outputsOf(await get(handler, on, name, portOf(web)))).toEqual({ said: "GET /hello" });
    const ended = await get(handler, on, ofTheHost, portOf(secret));
    expect(errorOf(ended).message).toContain("is not an address on the internet");
  });
});

describe.skipIf(!isRoot)("programs that a handler starts, which know nothing of its runner", () => {
  const program = "import urllib.request, sys; print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())";
  const python: Handler = {
    code: `
import subprocess, sys
def handle(i):
    asked = [sys.executable, "-I", "-c", ${JSON.stringify(program)}, "http://%s:%d/" % (i["host"], i["port"])]
    ended = subprocess.run(asked, capture_output=True, text=True)
    return {"said": ended.stdout.strip() or ended.stderr.strip().split("\\n")[-1]}
`,
    inputs,
    outputs,
  };
  const node: Handler = {
    language: "node",
    code: `
const { execFile } = require("node:child_process");
module.exports = ({ host, port }) => new Promise((resolve) => {
  execFile("/usr/bin/python3", ["-I", "-c", ${JSON.stringify(program)}, "http://" + host + ":" + port + "/"], (error, stdout, stderr) => {
    resolve({ said: stdout.trim() || stderr.trim().split("\\n").pop() });
  });
});`,
    inputs,
    outputs,
  };
  const usual = createHttpServer((_request, response) => response.end("on a usual port"));
  beforeAll(() => new Promise<void>((done) => usual.listen(80, outside, done)));
  afterAll(() => usual.close());

  it.each([
    ["Python", python],
    ["Node", node],
  ])("from %s reach what is granted, by its name, and nothing else", async (_language, handler) => {
    const asking = async (network: NetworkAccess, host: string, port: number) =>
      outputsOf(await get(handler, network, host, port)).said;
    const on: NetworkAccess = { policy: "on", hosts: [] };
    expect(await asking(on, name, 80)).toBe("on a usual port");
    expect(await asking({ policy: "allow-list", hosts: [name] }, name, 80)).toBe("on a usual port");
    expect(await asking({ policy: "allow-list", hosts: ["*.test"] }, name, 80)).toBe("on a usual port");
    const exact: NetworkAccess = { policy: "allow-list", hosts: [`${name}:${portOf(web)}`] };
    expect(await asking(exact, name, portOf(web))).toBe("GET /");
    expect(await asking(exact, name, 80)).toMatch(/refused/i);
    expect(await asking(exact, "other.test", portOf(web))).toMatch(/not known|resolution/i);
    expect(await asking(on, ofTheHost, 80)).toMatch(/reset|closed|Remote end/i);
  });
});

it("the platform's own services are out of reach, even in a network that the operator has opened", async () => {
  const everything: NetworkAccess = { policy: "on", hosts: [] };
  const ended = await get(pythonSocket, everything, name, portOf(database));
  expect(errorOf(ended).message).toContain("is not an address on the internet");
});

it("two policies of one action never share a process", async () => {
  const spec = await runnerd.specOf({
    code: "calls = []\ndef handle(i):\n    calls.append(1)\n    return {'said': str(len(calls))}\n",
    outputs,
  });
  await runnerd.call(spec);
  expect(outputsOf(await runnerd.call(spec))).toEqual({ said: "2" });
  expect(outputsOf(await runnerd.call({ ...spec, network: { policy: "on", hosts: [] } }))).toEqual({ said: "1" });
});
