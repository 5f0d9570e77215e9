import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { arch } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processesWith } from "../support/host-processes";
import { useRunnerdAt } from "../support/levels";
import { errorOf, type Handler, outputsOf } from "../support/runnerd";
import { until } from "../support/wait";

/** What L2 promises where no namespaces can be made, and what it cannot: see the last test of each. */

const isRoot = process.getuid?.() === 0;
const users = [
  { who: isRoot ? "a user of its own" : "Millrace's own user", user: undefined },
  ...(isRoot ? [{ who: "Millrace's own user, where that is not root", user: 61_234 }] : []),
];
const secret = `planted-${randomBytes(12).toString("hex")}`;
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

const outputs = { said: "string" } as const;
/** What a handler says that it got: the word for each attempt, by its name. */
const attempts = `
import ctypes, errno, json, os, socket, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    ended = libc.syscall(number, *arguments)
    if ended < 0: raise OSError(ctypes.get_errno(), "refused")
def word(attempt):
    try:
        value = attempt()
        return "done" if value is None else str(value)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
def report(**attempts):
    return {"said": json.dumps({name: word(attempt) for name, attempt in attempts.items()})}
work, tmp = os.environ["HOME"], os.environ["TMPDIR"]
`;

describe.each(users)("at L2, as $who, a handler", ({ user }) => {
  const runnerd = useRunnerdAt("L2", { PLANTED: secret }, { user });
  const handlerOf = (body: string, inputs: Record<string, unknown> = {}): Handler => ({
    code: `${attempts}\ndef handle(i):\n    ${body.trim().replaceAll("\n", "\n    ")}\n`,
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, "string" as const])),
    outputs,
  });
  const ask = async (body: string, inputs: Record<string, string> = {}) =>
    JSON.parse(String(outputsOf(await runnerd().run(handlerOf(body, inputs), inputs)).said));

  it("reads no secret, and nothing else of any process", async () => {
    const found = await ask(
      `
seen = [json.dumps(dict(os.environ))]
opened = []
for pid in list(range(1, 400)) + ["self", os.getppid(), int(i["pid"])]:
    for name in ("environ", "cmdline", "maps", "mem", "status"):
        try:
            seen.append(open("/proc/%s/%s" % (pid, name)).read())
            opened.append(pid)
        except OSError: pass
return report(secret=lambda: i["secret"] in " ".join(seen), opened=lambda: len(opened),
    list=lambda: os.listdir("/proc"), kernel=lambda: open("/proc/cpuinfo").read())`,
      { secret, pid: String(runnerd().process.pid) },
    );
    expect(found).toEqual({ secret: "False", opened: "0", list: "EACCES", kernel: "EACCES" });
  });

  it("finds no file of the machine, of the platform or of another tenant, by no way", async () => {
    const other = await runnerd().specOf({ code: "def handle(i): pass\n", files: { "private.txt": "theirs" } }, 2);
    const places = [
      "/",
      "/etc",
      "/home",
      "/root",
      "/tmp",
      "/var",
      "/dev",
      "/dev/shm",
      "/sys",
      "/run",
      "/boot",
      "/opt",
      runnerd().folder,
      join(runnerd().folder, "run", "processes"),
      join(runnerd().folder, "packages"),
      resolve("dist"),
      resolve("."),
    ];
    const found = await ask(
      `
theirs = i["theirs"] + "/private.txt"
os.symlink(theirs, work + "/link")
os.symlink("/", tmp + "/root")
return report(**{"in " + place: (lambda place=place: os.listdir(place)) for place in json.loads(i["places"])},
    shadow=lambda: open("/etc/shadow").read(), users=lambda: open("/etc/passwd").read(),
    theirs=lambda: open(theirs).read(), through_link=lambda: open(work + "/link").read(),
    through_folder=lambda: open(tmp + "/root/etc/hostname").read(),
    above=lambda: os.listdir(work + "/.."), beside=lambda: open(work + "/../../../packages/1/ryax_handler.py").read(),
    hard_link=lambda: os.link(theirs, work + "/hard"), descriptor=lambda: os.open("/etc", os.O_DIRECTORY),
    disk=lambda: open("/dev/vda", "rb").read(1))`,
      { theirs: other.packageDir, places: JSON.stringify(places) },
    );
    for (const [name, word] of Object.entries(found))
      expect([name, word]).toEqual([name, expect.stringMatching(/^(EACCES|ENOENT|EPERM|EXDEV)$/)]);
    expect([found.theirs, found.through_link, found["in /tmp"]]).toEqual(["EACCES", "EACCES", "EACCES"]);
  });

  it("writes nowhere but in its scratch folders, and changes nothing of what it may read", async () => {
    const handler = handlerOf(
      `
own = i["package"]
return report(**{place: (lambda place=place: open(place, "w").close()) for place in json.loads(i["places"])},
    package=lambda: open(own + "/x", "w").close(), over=lambda: open(own + "/kept.txt", "w").close(),
    cut=lambda: os.truncate(own + "/kept.txt", 0), away=lambda: os.unlink(own + "/kept.txt"),
    renamed=lambda: os.rename(own + "/kept.txt", work + "/kept.txt"), linked=lambda: os.link(own + "/kept.txt", work + "/kept"),
    closed=lambda: os.chmod(own + "/kept.txt", 0), closed_open=lambda: os.fchmod(os.open(own + "/kept.txt", os.O_RDONLY), 0),
    aged=lambda: os.utime(own + "/kept.txt", (0, 0)), marked=lambda: os.setxattr(own + "/kept.txt", "user.mark", b"x"),
        work=lambda: open(work + "/x", "w").close(), tmp=lambda: open(tmp + "/x", "w").close(),
    moved=lambda: os.rename(work + "/x", tmp + "/y"),
    runs=lambda: subprocess.check_output(["sh", "-c", "echo out of a program"], text=True).strip())`,
      { places: "", package: "" },
    );
    const spec = await runnerd().specOf({ ...handler, files: { "kept.txt": "kept" } });
    const places = [
      "/usr/x",
      "/x",
      "/etc/x",
      "/dev/x",
      "/dev/shm/x",
      "/tmp/x",
      "/var/tmp/x",
      "/proc/self/oom_score_adj",
    ];
    const own = [
      join(resolve("workers/action-runtime/runners"), "x"),
      join(runnerd().folder, "x"),
      join(runnerd().folder, "run/runnerd.sock"),
    ];
    const before = statSync(join(spec.packageDir, "kept.txt"));
    const given = { places: JSON.stringify([...places, ...own]), package: spec.packageDir };
    const found = JSON.parse(String(outputsOf(await runnerd().call(spec, given)).said));
    const { work, tmp, moved, runs, closed, closed_open, aged, marked, ...refused } = found;
    const allowed = { work, tmp, moved, runs };
    expect(allowed).toEqual({ work: "done", tmp: "done", moved: "done", runs: "out of a program" });
    // Said to be done where the file is its own, and not done.
    for (const word of [closed, closed_open, aged, marked]) expect(word).toMatch(/^(EPERM|EACCES|done)$/);
    for (const [name, word] of Object.entries(refused))
      expect([name, word]).toEqual([name, expect.stringMatching(/^(EACCES|EPERM|EROFS|ENOENT|EXDEV)$/)]);
    const after = statSync(join(spec.packageDir, "kept.txt"));
    expect([after.mode, after.mtimeMs, after.size, after.nlink]).toEqual([before.mode, before.mtimeMs, 4, 1]);
  });

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
    const marker = `1.5${randomInt(100_000, 999_999)}`;
    const sleeper = 'return {"said": str(subprocess.run(["sleep", i["marker"]]).returncode)}';
    const undisturbed = runnerd().run(handlerOf(sleeper, { marker }), { marker });
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
    expect(outputsOf(await runnerd().run(handlerOf(daemon, { marker }), { marker }))).toEqual({ said: "left" });
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
      outputs,
    };
    expect(outputsOf(await runnerd().run(node, { marker }))).toEqual({ said: "left" });
    await until("Node's are gone", () => processesWith(marker).length === 0);
  });

  it("is told what it has, where it was refused something", async () => {
    const error = errorOf(await runnerd().run({ code: "def handle(i):\n    open('/tmp/mine', 'w')\n" }));
    expect(error.message).toMatch(
      /Permission denied: '\/tmp\/mine' \(on this machine, at isolation level L2, .*TMPDIR/,
    );
  });

  it("cannot have a file of the machine's sent out as an output", async () => {
    const file = (body: string): Handler => ({
      code: `import os\ndef handle(i):\n    ${body}\n`,
      outputs: { made: "file" },
    });
    for (const body of [
      'return {"made": "/etc/passwd"}',
      'os.symlink("/etc/passwd", "link"); return {"made": os.path.abspath("link")}',
    ])
      expect(errorOf(await runnerd().run(file(body))).message).toMatch(/Permission denied|not an existing/);
    const ended = await runnerd().run(
      file('open("mine", "w").write("four"); return {"made": os.path.abspath("mine")}'),
    );
    expect(ended.files).toMatchObject([{ name: "mine", bytes: 4 }]);
  });

  it("uses its dependencies, changes nothing of them, and finds what it has left in neither next call", async () => {
    const { packageDir: depsDir } = await runnerd().specOf({ code: "", files: { "shared.py": "value = 1\n" } });
    const body = `
import shared
return report(value=lambda: shared.value, over=lambda: open(shared.__file__, "w").close(), left=lambda: os.path.exists(tmp + "/left"),
    leave=lambda: open(tmp + "/left", "w").close())`;
    const spec = await runnerd().specOf({ ...handlerOf(body), spec: { depsDir } });
    for (let count = 0; count < 2; count++) {
      const found = JSON.parse(String(outputsOf(await runnerd().call(spec)).said));
      expect(found).toEqual({ value: "1", over: "EACCES", left: "False", leave: "done" });
    }
  });

  it("still finds out which files and processes there are, which no promise of this level denies", async () => {
    const found = await ask(
      `
return report(file=lambda: os.stat("/etc/shadow").st_uid, none=lambda: os.stat("/etc/not-there"),
    process=lambda: os.stat("/proc/1").st_uid, link=lambda: os.readlink("/proc/self") == str(os.getpid()),
    host=lambda: os.uname().nodename == i["host"], pid=lambda: os.getppid() == int(i["pid"]))`,
      { host: hostname(), pid: String(runnerd().process.pid) },
    );
    expect(found).toEqual({ file: "0", none: "ENOENT", process: "0", link: "True", host: "True", pid: "True" });
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
