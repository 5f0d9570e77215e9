import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NetworkAccess } from "@/lib/actions/network";
import { makeCertificate } from "../support/certificate";
import { useRunnerdAt } from "../support/levels";
import { errorOf, type Handler, outputsOf } from "../support/runnerd";

/** What an action that was granted hosts reaches where no namespaces can be made: the gateway, and nothing by itself. */

const outside = "127.0.0.78";
const isRoot = process.getuid?.() === 0;
/** Who cannot name addresses writes them as one number, which resolvers read and no handler takes for its own machine's. */
const [name, ofTheHost] = isRoot ? ["api.test", "internal.test"] : ["2130706510", "2130706433"];
const folder = mkdtempSync(join(tmpdir(), "millrace-certificate-"));
const { pem, key } = makeCertificate(folder, outside);

const web = createHttpServer((request, response) => response.end(`${request.method} ${request.url}`));
const secure = createHttpsServer({ cert: pem, key: readFileSync(key) }, (request, response) =>
  response.end(`${request.method} ${request.url}`),
);
/** Speaks first, then sends back what it is sent. */
const greeter = createServer({ allowHalfOpen: true }, (socket) => {
  socket.write("welcome\n");
  socket.pipe(socket);
});
const internal = createHttpServer((_request, response) => response.end("of the host"));
const servers: [Server, string][] = [
  [web, outside],
  [secure, outside],
  [greeter, outside],
  [internal, "127.0.0.1"],
];
const portOf = (server: Server) => (server.address() as AddressInfo).port;
beforeAll(() =>
  Promise.all(servers.map(([server, address]) => new Promise<void>((done) => server.listen(0, address, done)))),
);
afterAll(() => {
  for (const [server] of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const outputs = { said: "string" } as const;
const inputs = { host: "string", web: "integer", secure: "integer", greeter: "integer" } as const;

/** All the ways to a server that handlers take, in one. */
const python: Handler = {
  code: `
import asyncio, http.client, json, socket, ssl, urllib.request
anyone = ssl._create_unverified_context()
def handle(i):
    said = {}
    said["urllib"] = urllib.request.urlopen("http://%s:%d/a" % (i["host"], i["web"]), timeout=5).read().decode()
    said["tls"] = urllib.request.urlopen("https://%s:%d/b" % (i["host"], i["secure"]), timeout=5, context=anyone).read().decode()
    async def ask():
        reader, writer = await asyncio.open_connection(i["host"], i["secure"], ssl=anyone)
        writer.write(b"GET /c HTTP/1.0\\r\\n\\r\\n")
        answer = (await reader.read()).decode().split("\\r\\n\\r\\n")[1]
        writer.close()
        return answer
    said["asyncio"] = asyncio.run(ask())
    with socket.create_connection((i["host"], i["greeter"]), timeout=5) as connection:
        lines = connection.makefile("rb")
        said["greeting"] = lines.readline().decode()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(b"x" * 1_000_000)
        connection.shutdown(socket.SHUT_WR)
        said["bytes"] = len(lines.read())
        said["peer"] = connection.getpeername()[1] == i["greeter"]
    late = anyone.wrap_socket(socket.socket(), server_hostname=i["host"])
    late.connect((i["host"], i["secure"]))
    late.sendall(b"GET /d HTTP/1.0\\r\\n\\r\\n")
    said["late"] = b"GET /d" in late.recv(1000)
    late.close()
    return {"said": json.dumps(said)}
`,
  inputs,
  outputs,
};
const node: Handler = {
  language: "node",
  code: `
const http = require("node:http"), https = require("node:https"), net = require("node:net"), tls = require("node:tls"), dns = require("node:dns/promises");
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
const got = (library, options) => new Promise((resolve, reject) => {
  library.get(options, async (response) => resolve((await response.toArray()).join(""))).on("error", reject);
});
module.exports = async ({ host, web, secure, greeter }) => {
  const said = {};
  said.http = await got(http, { host, port: web, path: "/a" });
  said.tls = await got(https, { host, port: secure, path: "/b", rejectUnauthorized: false });
  said.fetch = await (await fetch("http://" + host + ":" + web + "/c")).text();
  said.secureFetch = await (await fetch("https://" + host + ":" + secure + "/d")).text();
  said.greeting = await new Promise((resolve, reject) => {
    const socket = net.connect(greeter, host);
    socket.once("data", (first) => {
      let bytes = 0;
      socket.on("data", (data) => { bytes += data.length; }).on("end", () => resolve([String(first), bytes]));
      socket.setNoDelay(true);
      socket.end(Buffer.alloc(1e6));
    }).on("error", reject);
  });
  const { address } = await dns.lookup(host);
  said.looked = await got(http, { host: address, port: web, path: "/e" });
  said.plain = await new Promise((resolve, reject) => {
    const socket = tls.connect(secure, host, { rejectUnauthorized: false }, () => socket.write("GET /f HTTP/1.0\\r\\n\\r\\n"));
    socket.once("data", (data) => { resolve(String(data).includes("GET /f")); socket.destroy(); }).on("error", reject);
  });
  return { said: JSON.stringify(said) };
};`,
  inputs,
  outputs,
};

describe("at L2", () => {
  const hosts = isRoot ? { [name]: outside, [ofTheHost]: "127.0.0.1" } : {};
  const runnerd = useRunnerdAt("L2", { MILLRACE_PRIVATE_NETWORKS: outside }, { hosts });
  const ports = () => ({ web: portOf(web), secure: portOf(secure), greeter: portOf(greeter) });
  const listed = (): NetworkAccess => ({
    policy: "allow-list",
    hosts: [web, secure, greeter, internal].flatMap((server) => [
      `${name}:${portOf(server)}`,
      `${ofTheHost}:${portOf(server)}`,
    ]),
  });
  const ask = (handler: Handler, network: NetworkAccess, given: Record<string, unknown> = {}, more = {}) =>
    runnerd().run({ ...handler, spec: { network, ...more } }, { host: name, ...ports(), ...given });
  const said = async (...asked: Parameters<typeof ask>) => JSON.parse(String(outputsOf(await ask(...asked)).said));

  const ofPython = {
    ...{ urllib: "GET /a", tls: "GET /b", asyncio: "GET /c", greeting: "welcome\n" },
    ...{ bytes: 1_000_000, peer: true, late: true },
  };

  it("a handler in Python reaches what is granted, over TCP and TLS, in all the usual ways", async () => {
    expect(await said(python, listed())).toEqual(ofPython);
    expect(await said(python, { policy: "on", hosts: [] }, {}, { isolation: "fresh" })).toEqual(ofPython);
  });

  it.skipIf(!isRoot)("a handler in Node does", async () => {
    expect(await said(node, listed())).toEqual({
      ...{ http: "GET /a", tls: "GET /b", fetch: "GET /c", secureFetch: "GET /d", looked: "GET /e", plain: true },
      greeting: ["welcome\n", 1_000_000],
    });
  });

  it.each([
    ["Python", python],
    ["Node", node],
  ])("a handler in %s is told what it may not reach, and why", async (_language, handler) => {
    const other = await ask(handler, listed(), { host: "other.example.com", web: 443 });
    expect(JSON.stringify([errorOf(other), other.lines])).toMatch(/other\.example\.com.*millrace action grant probe/);
    for (const policy of ["allow-list", "on"] as const) {
      const network = policy === "on" ? { policy, hosts: [] } : listed();
      const inside = await ask(handler, network, { host: ofTheHost, web: portOf(internal) });
      expect(errorOf(inside).message).toContain("is not an address on the internet");
    }
    const nobody = await ask(handler, { policy: "on", hosts: [] }, { web: 59_999 });
    expect(errorOf(nobody).message).toContain(`${name}:59999 through: the connection was refused`);
  });

  it("what a handler in Python serves to itself is there, and nowhere else", async () => {
    const code = `
import http.server, json, socket, threading, urllib.request
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"mine")
def handle(i):
    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    said = [urllib.request.urlopen("http://localhost:%d/" % server.server_port).read().decode() for _ in range(2)]
    port = server.server_port
    server.shutdown(); serving.join(); server.server_close()
    try: socket.create_connection(("127.0.0.1", port))
    except OSError as error: said.append(error.strerror)
    return {"said": json.dumps(said)}
`;
    const handler: Handler = { code, inputs, outputs };
    expect(await said(handler, listed())).toEqual(["mine", "mine", "Connection refused"]);
  });

  it("a handler that goes around its runner finds the gateway, which decides, and nothing else", async () => {
    const code = `
import ctypes, errno, json, os, _socket, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
def made(family, kind):
    fd = libc.socket(family, kind, 0)
    return errno.errorcode[ctypes.get_errno()] if fd < 0 else "made"
def ask(target):
    for fd in range(200, 210):
        try: listener = _socket.socket(fileno=os.dup(fd))
        except OSError: continue
        if not listener.getsockopt(_socket.SOL_SOCKET, _socket.SO_ACCEPTCONN): continue
        gateway = _socket.socket(fileno=listener._accept()[0])
        gateway.settimeout(5)
        gateway.send(("CONNECT %s HTTP/1.1\\r\\n\\r\\n" % target).encode())
        answer = gateway.recv(200).decode().split("\\r\\n")[0]
        try: gateway.connect("/run/systemd/journal/stdout")
        except OSError as error: return [answer, error.errno in (errno.EISCONN, errno.ENOENT, errno.EACCES, errno.ECONNREFUSED)]
    return "no gateway"
program = "import socket; socket.create_connection(('%s', %d), 2)"
def handle(i):
    said = {"tcp": made(2, 1), "tcp6": made(10, 1), "udp": made(2, 2), "unix": made(1, 1)}
    said["asked"] = [ask(target) for target in i["targets"].split(" ")]
    started = subprocess.run([sys.executable, "-I", "-c", program % (i["host"], i["web"])], capture_output=True, text=True)
    said["program"] = started.returncode
    import socket
    try: socket.socket().connect(("127.0.0.1", i["web"])); said["loopback"] = "yes"
    except OSError as error: said["loopback"] = error.strerror
    return {"said": json.dumps(said)}
`;
    const targets = [
      `${name}:${portOf(web)}`,
      `${name}:22`,
      `${outside}:${portOf(web)}`,
      `${ofTheHost}:${portOf(internal)}`,
    ];
    const handler: Handler = { code, inputs: { ...inputs, targets: "string" }, outputs };
    expect(await said(handler, listed(), { targets: targets.join(" ") })).toEqual({
      ...{ tcp: "EPERM", tcp6: "EPERM", udp: "EPERM", unix: "EPERM" },
      asked: [
        ["HTTP/1.1 200 Connected", true],
        ["HTTP/1.1 403 Forbidden", true],
        ["HTTP/1.1 403 Forbidden", true],
        ["HTTP/1.1 403 Forbidden", true],
      ],
      // Only the runner knows how to the gateway.
      program: 1,
      loopback: "Connection refused",
    });
  });
});
