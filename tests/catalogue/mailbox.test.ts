import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { type Certificate, makeCertificate } from "../support/certificate";
import { Handler, serverName } from "../support/handler";
import { findServer, ServerProcess } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

/** Whose mail it is: Dovecot gives none to root. */
const nobody = 65_534;
const dovecot = process.getuid?.() === 0 && findServer("dovecot");

describe.skipIf(!dovecot)("mailbox of Dovecot", () => {
  const server = new ServerProcess();
  const ports = { plain: 0, tls: 0 };
  let handler: Handler;
  let certificate: Certificate;
  let memory: Memory;
  let user: string;
  let count = 0;
  beforeAll(async () => {
    handler = await Handler.of("mailbox");
    [ports.plain, ports.tls] = [await freePort(), await freePort()];
    const { folder } = server;
    certificate = makeCertificate(folder);
    const settings = `
base_dir = ${join(folder, "run")}
state_dir = ${join(folder, "state")}
log_path = ${join(folder, "log")}
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificate.certificate}
ssl_key = <${certificate.key}
disable_plaintext_auth = no
mail_location = maildir:${join(folder, "mail")}/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=se:cret
}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${join(folder, "mail")}/%u
}
service imap-login {
  inet_listener imap {
    port = ${ports.plain}
  }
  inet_listener imaps {
    port = ${ports.tls}
  }
}
`;
    writeFileSync(join(folder, "dovecot.conf"), settings);
    mkdirSync(join(folder, "mail"));
    chownSync(join(folder, "mail"), nobody, nobody);
    // Its processes leave root's rights, and go through here to the mail.
    chmodSync(folder, 0o755);
    await server.start(dovecot as string, ["-F", "-c", join(folder, "dovecot.conf")], ports.plain);
  }, 120_000);
  afterAll(() => Promise.all([handler?.close(), server.stop()]));
  beforeEach(() => {
    memory = new Memory();
    user = `user${++count}`;
  });

  const boxOf = (folder = "") => join(server.folder, "mail", user, folder);
  /** As a mail server delivers. */
  function deliver(text: string, name = `${Date.now()}.${Math.random()}`): void {
    for (const folder of ["", "tmp", "new", "cur"]) {
      mkdirSync(boxOf(folder), { recursive: true });
      chownSync(boxOf(folder), nobody, nobody);
    }
    const temporary = join(boxOf("tmp"), name);
    writeFileSync(temporary, text.replaceAll("\n", "\r\n"));
    chownSync(temporary, nobody, nobody);
    renameSync(temporary, join(boxOf("new"), name));
  }
  const mail = (subject: string, from = "Ada <ada@example.com>") =>
    `From: ${from}\nTo: bob@example.com\nSubject: ${subject}\nMessage-ID: <${subject}@example.com>\nDate: Sat, 31 Jan 2026 12:00:00 +0100\n\nHello of ${subject}\n`;
  const listen = (more: Record<string, unknown> = {}) => {
    const signIn = { host: serverName, port: ports.plain, security: "none", username: user, password: "se:cret" };
    return new ListeningTrigger(handler, { ...signIn, every: 30, ...more }, memory);
  };
  const subjects = () => memory.list().map(({ outputs }) => outputs.subject);
  /** The flags of what is in the folder: Maildir keeps them in names. */
  const flags = (folder = "cur") => readdirSync(boxOf(folder)).map((name) => name.split(":2,")[1]);

  it("takes what comes as soon as the server tells, and marks it", async () => {
    deliver(mail("old"));
    const trigger = listen();
    await trigger.says("Watching");
    deliver(mail("one"));
    const [run] = await memory.atLeast(1, 10_000);
    expect(run?.identity).toMatch(/^\d+\/2$/);
    expect(run?.outputs).toMatchObject({
      subject: "one",
      sender: "ada@example.com",
      from: "Ada <ada@example.com>",
      to: "bob@example.com",
      date: "2026-01-31T12:00:00+01:00",
      text: expect.stringContaining("Hello of one"),
      html: "",
      message_id: "<one@example.com>",
    });
    expect(run?.files.message).toContain("Subject: one");
    await until("it is read", () => flags().includes("S"));
    await trigger.stop();
    expect(subjects()).toEqual(["one"]);
  }, 60_000);

  it("takes what came while nothing listened, and again what was no run yet", async () => {
    const first = listen();
    await first.says("Watching");
    await first.stop();
    memory.isDown = true;
    for (const subject of ["a", "b"]) deliver(mail(subject), subject);
    const second = listen();
    await until("it has asked", () => memory.waiting === 1);
    await second.kill();
    expect(flags().filter((flag) => flag?.includes("S"))).toEqual([]);
    memory.isDown = false;
    const third = listen();
    await memory.atLeast(2);
    await until("both are read", () => flags().filter((flag) => flag === "S").length === 2);
    await third.stop();
    expect(subjects().sort()).toEqual(["a", "b"]);
  }, 60_000);

  it("takes all that is there, by sender and subject, with attachments, over TLS, and deletes it", async () => {
    const parts = `From: =?utf-8?q?J=C3=BCrgen?= <j@example.com>
Subject: =?utf-8?b?UmVjaG51bmcg4piA?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<b>gr=F6=DFe</b>
--x
Content-Type: text/csv
Content-Disposition: attachment; filename="../../t\u00fc.csv"

a,b
--x--
`;
    deliver(parts, "1");
    deliver(mail("Rechnung of another"), "2");
    const tls = { port: ports.tls, security: "TLS", ca_certificate: certificate.pem };
    const wanted = { from_contains: "J@EXAMPLE", subject_contains: "rechnung", start: "all messages", after: "delete" };
    const trigger = listen({ ...tls, ...wanted });
    const [run] = await memory.atLeast(1);
    expect(run?.outputs).toMatchObject({ subject: "Rechnung ☀", html: "<b>größe</b>", text: "", date: "" });
    expect(run?.outputs).toHaveProperty("attachments");
    expect(Object.values(run?.files ?? {}).join("")).toContain("a,b");
    await until("it is gone", () => flags().concat(flags("new")).length === 1);
    await trigger.stop();
    expect(memory.runs.size).toBe(1);
  }, 60_000);

  it("goes on behind what is refused, which stays as it is, and reads what libraries cannot", async () => {
    memory.isPoison = ({ subject }) => subject === "poison";
    const unreadable = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n";
    const deep = Array.from({ length: 2_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`);
    const file = `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent("長".repeat(120))}.csv\n\na,b\n--x--\n`;
    const mails = {
      poison: mail("poison"),
      partless: `Subject: partless\n${unreadable}Content-Type: multipart/related\n\nno part\n--x--\n`,
      deep: `Subject: deep\n${deep.join("")}end\n`,
      long: `Subject: long\n${unreadable}${file}`,
      good: mail("good"),
    };
    deliver(mail("first"));
    const first = listen({ start: "all messages", after: "delete" });
    await memory.atLeast(1);
    for (const text of Object.values(mails)) deliver(text);
    await memory.atLeast(5);
    await until("all are taken", () => memory.cursors.get("place")?.includes('"uid": 6'));
    expect(flags().concat(flags("new"))).toHaveLength(1);
    await first.stop();
    const second = listen({ after: "delete" });
    await second.says("Watching");
    deliver(mail("last"));
    await memory.atLeast(6);
    expect([subjects().sort(), memory.asked]).toEqual([["deep", "first", "good", "last", "long", "partless"], 7]);
    expect(first.log).toMatch(/Message \d+ was refused: .*it does not fit/);
    expect(Object.values(memory.list().find(({ outputs }) => outputs.subject === "long")?.files ?? {})).toContain(
      "a,b",
    );
    await second.stop();
  }, 60_000);

  it.each([
    [{ password: "wr:ong" }, /does not accept the sign-in of user/],
    [{ folder: "Nowhere" }, /does not open Nowhere: .*Mailbox doesn't exist/],
    [{ security: "TLS", timeout: 5 }, /no safe connection|hung up|silent/],
    [{ after: "move" }, /move_to must name the folder/],
  ])(
    "says why %j does not work",
    async (inputs, message) => {
      const trigger = listen(inputs);
      const failure = await trigger.failure();
      expect(failure).toMatch(message);
      expect(failure + trigger.log).not.toContain("se:cret");
    },
    60_000,
  );
});
