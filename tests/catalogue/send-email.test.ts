import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { type Certificate, makeCertificate } from "../support/certificate";
import { Handler, serverName } from "../support/handler";
import { type ServerProcess, startPython } from "../support/servers";

interface Kept {
  from: string;
  to: string[];
  content: string;
  tls: boolean;
}

const folder = mkdtempSync(join(tmpdir(), "millrace-mail-"));
const ports = { starttls: 0, tls: 0 };
const servers: ServerProcess[] = [];
let handler: Handler;
let certificate: Certificate;

beforeAll(async () => {
  certificate = makeCertificate(folder);
  handler = await Handler.of("send-email");
  for (const mode of ["starttls", "tls"] as const) {
    ports[mode] = await freePort();
    mkdirSync(join(folder, mode));
    const args = [String(ports[mode]), join(folder, mode), mode, certificate.certificate, certificate.key];
    servers.push(await startPython("smtp.py", args, ports[mode]));
  }
}, 240_000);

afterAll(async () => {
  await Promise.all([handler?.close(), ...servers.map((server) => server.stop())]);
  rmSync(folder, { recursive: true, force: true });
});

const basics = () => ({
  host: serverName,
  port: ports.starttls,
  username: "ada",
  password: "correct",
  ca_certificate: certificate.pem,
  sender: "Ada Ü <ada@example.com>",
  to: "bob@example.com",
  subject: "Subject",
  text: "Text\n",
});

const keptIn = (mode: keyof typeof ports): Kept[] =>
  readdirSync(join(folder, mode)).map((name) => JSON.parse(readFileSync(join(folder, mode, name), "utf8")));

/** Sends, and finds what the server has kept by the message's id. */
async function sent(inputs: Record<string, unknown>, mode: keyof typeof ports = "starttls"): Promise<Kept> {
  const { message_id: id } = await handler.outputsOf({ ...basics(), ...inputs });
  const found = keptIn(mode).find(({ content }) => content.includes(String(id)));
  if (!found) throw new Error("The server has no such message.");
  return found;
}

describe("a message", () => {
  it("goes to everybody, and names who is to be named", async () => {
    const to = 'bob@example.com, "Cyd, the 2nd" <cyd@example.com>';
    const kept = await sent({ to, cc: "dan@example.com", bcc: "eve@example.com", reply_to: "help@example.com" });
    expect(kept).toMatchObject({ from: "ada@example.com", tls: true });
    expect(kept.to).toEqual(["bob@example.com", "cyd@example.com", "dan@example.com", "eve@example.com"]);
    expect(kept.content).toMatch(/^From: .*=\?utf-8\?.*<ada@example\.com>/m);
    expect(kept.content).toMatch(/^Reply-To: help@example\.com/m);
    expect(kept.content).not.toContain("eve");
  });

  it("has text, HTML and attachments", async () => {
    const more = join(folder, "more");
    mkdirSync(join(more, "deep"), { recursive: true });
    writeFileSync(join(more, "a.csv"), "a,b\n");
    writeFileSync(join(more, "deep", "b.bin"), Buffer.from([0, 1, 2]));
    const kept = await sent({
      text: "",
      html: "<title>no</title><p>All is <b>well</b> ☀</p>",
      attachment: { name: "bericht ü.txt", content: "inside" },
      attachments: { path: more },
    });
    expect(kept.content).toMatch(/multipart\/mixed[\s\S]*multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/);
    expect(kept.content).toMatch(/All is well =E2=98=80|QWxsIGlzIHdlbGwg4piA/);
    expect(kept.content).toMatch(/text\/csv[\s\S]*filename="a\.csv"/);
    expect(kept.content).toContain(`filename*=utf-8''bericht%20%C3%BC.txt`);
    expect(kept.content).toContain("AAEC");
  });

  it("keeps the id that it is given, and has its own otherwise", async () => {
    const { message_id: given } = await handler.outputsOf({ ...basics(), message_id: "<run-1@example.com>" });
    const { message_id: made } = await handler.outputsOf(basics());
    expect([given, made]).toEqual(["<run-1@example.com>", expect.stringMatching(/^<.+@example\.com>$/)]);
  });

  it("goes over TLS from the beginning too", async () => {
    expect(await sent({ security: "tls", port: ports.tls }, "tls")).toMatchObject({ to: ["bob@example.com"] });
  });

  it.each([
    [{ subject: "a\nBcc: eve@example.com" }, /on one line/],
    [{ to: "bob@example.com\nBcc: eve@example.com" }, /on one line/],
    [{ to: "bob" }, /To: 'bob' is not an e-mail address/],
    [{ to: "" }, /nobody to send it to/],
    [{ sender: "a@example.com, b@example.com" }, /From must be one address/],
    [{ ca_certificate: "none" }, /not in PEM form/],
  ])("refuses %j before anything is sent", async (inputs, message) => {
    expect(await handler.failureOf({ ...basics(), ...inputs })).toMatch(message);
  });
});

describe("the server", () => {
  it("may refuse some", async () => {
    const inputs = { ...basics(), to: "bob@example.com, nobody@example.com" };
    const { refused } = await handler.outputsOf(inputs);
    expect(JSON.parse(String(refused))).toEqual({ "nobody@example.com": "550 there is nobody of that name" });
  });

  it.each([
    [{ to: "nobody@example.com" }, /takes none of the recipients: nobody@example\.com: 550 there is nobody/],
    [{ text: "spam" }, /refuses the message: 554 we want no spam/],
    [{ password: "wrong" }, /does not accept the sign-in: 535/],
    [{ ca_certificate: undefined }, /no safe connection.*(self.signed|certificate)/],
    [{ security: "none" }, /cannot be used so|refuses|sign-in/],
  ])("may refuse %j, and says why", async (inputs, message) => {
    const failure = await handler.failureOf({ ...basics(), ...inputs });
    expect(failure).toMatch(message);
    expect(failure).not.toContain("correct");
  });

  it("may not be there, or not answer", async () => {
    expect(await handler.failureOf({ ...basics(), port: await freePort() })).toMatch(/cannot be reached/);
    const silent = { ...basics(), port: ports.tls, security: "starttls", timeout: 1 };
    expect(await handler.failureOf(silent)).toMatch(/has not answered within 1 s|cannot be/);
  });
});
