import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arch } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempting, confinedUsers } from "../support/attempts";
import { processesWith } from "../support/host-processes";
import { useRunnerdAt } from "../support/levels";
import { type Handler, outputsOf } from "../support/runnerd";
import { until } from "../support/wait";

/** What a handler does to other processes, and they to it, where no namespaces can be made. */

const abstractName = `millrace-test-${randomBytes(6).toString("hex")}`;
const folder = mkdtempSync(join(tmpdir(), "millrace-open-"));
const openSocket = join(folder, "sock");
const services = [`\0${abstractName}`, openSocket].map((path) => {
  const server = createServer((socket) => socket.end("of the host"));
  return { server, listening: new Promise<void>((done) => server.listen(path, done)) };
});
beforeAll(async () => {
  chmodSync(folder, 0o755);
  await Promise.all(services.map(({ listening }) => listening));
  chmodSync(openSocket, 0o777);
});
afterAll(() => {
  for (const { server } of services) server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(confinedUsers)("at L2, as $who, a handler", ({ user }) => {
  const runnerd = useRunnerdAt("L2", {}, { user });
  const ask = async (body: string, inputs: Record<string, string> = {}) =>
    JSON.parse(String(outputsOf(await runnerd().run(attempting(body, inputs), inputs)).said));

  it("has no socket but connected pairs", async () => {
    const found = await ask(
      `
def made(*kind):
    return lambda: socket.socket(*kind).close()
a, b = socket.socketpair()
return report(tcp=made(2, 1), udp=made(2, 2), raw=made(2, 3, 1), icmp=made(2, 2, 1), tcp6=made(10, 1), udp6=made(10, 2),
    mptcp=made(2, 1, 262), sctp=made(2, 1, 132), unix=made(1, 1), unix_datagram=made(1, 2), netlink=made(16, 3), packet=made(17, 3),
    vsock=made(40, 1), alg=made(38, 5), bluetooth=made(31, 3), xdp=made(44, 3),
    datagrams=lambda: socket.socketpair(1, 2), again=lambda: a.connect(i["open"]), abstract=lambda: b.connect(("\\0" + i["name"]).ljust(108, "\\0")),
    sent=lambda: a.sendto(b"x", i["open"]), ring=lambda: call(425, 1, 0), pair=lambda: a.sendall(b"x"))`,
      { open: openSocket, name: abstractName },
    );
    const { pair, again, abstract, sent, ...refused } = found;
    expect({ pair, again, abstract, sent }).toEqual({
      pair: "done",
      again: "EISCONN",
      abstract: "EISCONN",
      sent: "EISCONN",
    });
    expect(new Set(Object.values(refused))).toEqual(new Set(["EPERM"]));
  });

  it.skipIf(arch !== "x64")("is refused what sandboxes are broken by, and what reaches other processes", async () => {
    const calls = {
      ...{
        mount: 165,
        pivot_root: 155,
        chroot: 161,
        unshare: 272,
        setns: 308,
        ptrace: 101,
        bpf: 321,
        perf: 298,
        keyctl: 250,
      },
      ...{ process_vm_readv: 310, process_vm_writev: 311, pidfd_getfd: 438, userfaultfd: 323, add_key: 248 },
      ...{ shmget: 29, shmat: 30, shmctl: 31, semget: 64, semctl: 66, msgget: 68, mq_open: 240 },
      ...{ inotify_init1: 294, setsid: 112, setpgid: 109 },
    };
    const found = await ask(
      `
other = int(i["pid"])
return report(sibling=lambda: call(56, 0x8000 | 17, 0, 0, 0, 0), user=lambda: call(56, 0x10000000, 0, 0, 0, 0),
    limits=lambda: call(302, other, 7, 0, 0), priority=lambda: call(141, 0, other, 19), group=lambda: call(141, 2, os.getuid(), 19),
    processor=lambda: call(203, other, 8, ctypes.byref(ctypes.c_ulong(1))), disk=lambda: call(251, 1, other, 0),
    killed=lambda: os.kill(other, 9), asked=lambda: os.kill(other, 0), init=lambda: os.kill(1, 9),
    **{name: (lambda number=number: call(number, 0, 0, 0, 0, 0)) for name, number in json.loads(i["calls"]).items()})`,
      { calls: JSON.stringify(calls), pid: String(runnerd().process.pid) },
    );
    for (const [name, word] of Object.entries(found)) expect([name, word]).toEqual([name, "EPERM"]);
    const own = await ask(`
import resource
return report(limit=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100)), nice=lambda: os.nice(1) and None,
    no_new_rights=lambda: libc.prctl(39, 0, 0, 0, 0), shared=lambda: os.open("/dev/shm/x", os.O_CREAT | os.O_RDWR))`);
    expect(own).toEqual({ limit: "done", nice: "done", no_new_rights: "1", shared: "EACCES" });
  });

  it("harms none of its neighbours by killing all that it can", async () => {
    const marker = `0.7${randomInt(100_000, 999_999)}`;
    const sleeper = 'return {"said": str(subprocess.run(["sleep", i["marker"]]).returncode)}';
    const undisturbed = runnerd().run(attempting(sleeper, { marker }), { marker });
    const pid = await until("it sleeps", () => processesWith(marker)[0]);
    const found = await ask(
      `
import fcntl, signal
def by_input_output():
    near, far = socket.socketpair()
    fcntl.fcntl(near, fcntl.F_SETOWN, int(i["pid"]))
    fcntl.fcntl(near, fcntl.F_SETSIG, 9)
    fcntl.fcntl(near, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    far.send(b"x")
def by_descriptor():
    signal.pidfd_send_signal(os.pidfd_open(int(i["pid"])), 9)
for attempt in (by_input_output, by_descriptor):
    try: attempt()
    except OSError: pass
ended = report(one=lambda: os.kill(int(i["pid"]), 9), group=lambda: os.killpg(int(i["pid"]), 9))
try: os.kill(-1, 9)
except OSError: pass
return ended`,
      { pid: String(pid) },
    );
    expect(found).toEqual({ one: "EPERM", group: expect.stringMatching(/^(EPERM|ESRCH)$/) });
    expect(outputsOf(await undisturbed)).toEqual({ said: "0" });
  });

  it("was given no descriptor but the usual ones and its channel", async () => {
    const found = await ask(`
def is_open(fd):
    try: return os.fstat(fd) is not None
    except OSError: return False
return report(open=lambda: [fd for fd in range(3, 1024) if is_open(fd)])`);
    expect(found).toEqual({ open: "[200]" });
  });

  it("leaves no program behind, in either language, and no daemon gets away", async () => {
    const marker = `${randomInt(100_000, 999_999)}.7`;
    const daemon = `
if os.fork() == 0:
    try: os.setsid()
    except OSError: pass
    if os.fork() == 0: os.execvp("sleep", ["sleep", i["marker"]])
    os._exit(0)
os.wait()
return {"said": "left"}`;
    expect(outputsOf(await runnerd().run(attempting(daemon, { marker }), { marker }))).toEqual({ said: "left" });
    await until("Python's is gone", () => processesWith(marker).length === 0);
    const node: Handler = {
      language: "node",
      code: `
const { spawn } = require("node:child_process");
module.exports = ({ marker }) => {
  spawn("sh", ["-c", "sleep " + marker + " & sleep " + marker], { detached: true, stdio: "ignore" }).unref();
  return { said: "left" };
};`,
      inputs: { marker: "string" },
      outputs: { said: "string" },
    };
    expect(outputsOf(await runnerd().run(node, { marker }))).toEqual({ said: "left" });
    await until("Node's are gone", () => processesWith(marker).length === 0);
  });
});

describe("at L2", () => {
  const runnerd = useRunnerdAt("L2");

  it("a runnerd that is killed takes its handlers with it", async () => {
    const marker = `${randomInt(100_000, 999_999)}.9`;
    const code = `import os\ndef handle(i):\n    os.execvp("sleep", ["sleep", "${marker}"])\n`;
    const lost = runnerd()
      .run({ code })
      .catch((error) => error);
    await until("it runs", () => processesWith(marker).length > 0);
    runnerd().process.kill("SIGKILL");
    await until("it is gone", () => processesWith(marker).length === 0, 2_000);
    expect(await lost).toMatchObject({ name: "RunnerdLost" });
  });
});
