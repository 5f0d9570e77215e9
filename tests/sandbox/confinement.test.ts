import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { arch } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempting } from "../support/attempts";
import { containedLevels, useRunnerdAt } from "../support/levels";
import { errorOf, outputsOf } from "../support/runnerd";

const secret = `planted-${randomBytes(12).toString("hex")}`;
const abstractName = `millrace-test-${randomBytes(6).toString("hex")}`;
const service = createServer((socket) => socket.end("of the host"));
beforeAll(() => new Promise<void>((done) => service.listen(`\0${abstractName}`, done)));
afterAll(() => service.close());

const outputs = { said: "string" } as const;

describe.each(containedLevels)("at %s a handler", (level) => {
  const runnerd = useRunnerdAt(level, { PLANTED: secret });
  const ask = async (body: string, inputs: Record<string, string> = {}) =>
    JSON.parse(String(outputsOf(await runnerd().run(attempting(body, inputs), inputs)).said));

  it("finds no secret of the platform, in no environment, command line or list of mounts", async () => {
    const found = await ask(
      `
seen = [json.dumps(dict(os.environ))]
for pid in os.listdir("/proc") if os.path.isdir("/proc") else []:
    for name in ("environ", "cmdline"):
        try: seen.append(open("/proc/%s/%s" % (pid, name)).read())
        except OSError: pass
text = " ".join(seen)
return report(secret=lambda: i["secret"] in text, folder=lambda: i["folder"] in text)`,
      { secret, folder: runnerd().folder },
    );
    expect(found).toEqual({ secret: "False", folder: "False" });
  });

  it("sees its own processes alone", async () => {
    const { count } = await ask(
      'return report(count=lambda: len([name for name in os.listdir("/proc") if name.isdigit()]))',
    );
    expect(["2", "0", "ENOENT"]).toContain(count);
  });

  it("finds no file of the machine or of another tenant", async () => {
    const other = await runnerd().specOf({ code: "def handle(i): pass\n", files: { "private.txt": "theirs" } }, 2);
    const found = await ask(
      `
return report(
    shadow=lambda: open("/etc/shadow").read(),
    system=lambda: os.listdir("/var"),
    theirs=lambda: open(i["theirs"] + "/private.txt").read(),
    state=lambda: os.listdir(i["state"]),
    store=lambda: os.listdir(os.path.dirname(i["theirs"])))`,
      { theirs: other.packageDir, state: runnerd().folder },
    );
    expect(new Set(Object.values(found))).toEqual(new Set(["ENOENT"]));
  });

  it("writes nowhere but in its scratch folders", async () => {
    const places = [
      "/usr/x",
      "/action/x",
      "/runner/x",
      "/runner/python/runner.py",
      "/dev/x",
      "/x",
      "/etc/x",
      "/inputs/x",
    ];
    const found = await ask(
      `
return report(**{place: (lambda place=place: open(place, "w").close()) for place in json.loads(i["places"])},
    work=lambda: open("/work/x", "w").close(), tmp=lambda: open("/tmp/x", "w").close())`,
      { places: JSON.stringify(places) },
    );
    const { work, tmp, ...rest } = found;
    expect([work, tmp]).toEqual(["done", "done"]);
    for (const place of places)
      expect([place, rest[place]]).toEqual([place, expect.stringMatching(/^(EROFS|EACCES)$/)]);
  });

  it("writes into no process's memory but its own, through no file", async () => {
    const found = await ask(`
return report(**{place: (lambda place=place: open("/proc/" + place, "r+b").close())
    for place in ("1/mem", "%d/mem" % os.getppid(), "self/mem", "1/oom_score_adj", "sys/kernel/core_pattern")})`);
    for (const [place, word] of Object.entries(found))
      expect([place, word]).toEqual([place, expect.stringMatching(/^(EROFS|EACCES|ENOENT)$/)]);
  });

  it("has no socket but those of its own", async () => {
    const found = await ask(
      `
def abstract():
    with socket.socket(socket.AF_UNIX) as client: client.connect(("\\0" + i["name"]).ljust(108, "\\0"))
return report(
    tcp=lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    udp=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    raw=lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
    tcp6=lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM),
    vsock=lambda: socket.socket(40, socket.SOCK_STREAM),
    netlink=lambda: socket.socket(16, socket.SOCK_RAW),
    packet=lambda: socket.socket(17, socket.SOCK_RAW),
    pair=lambda: socket.socketpair()[0].close(),
    abstract=abstract)`,
      { name: abstractName },
    );
    const { pair, abstract, ...refused } = found;
    expect([pair, abstract]).toEqual(["done", "ECONNREFUSED"]);
    expect(new Set(Object.values(refused))).toEqual(new Set(["EPERM"]));
  });

  it("fills its scratch folders to their sizes and no further", async () => {
    const found = await ask(`
def fill(folder, most):
    block, written = b"x" * (8 << 20), 0
    try:
        while written < most << 20:
            with open("%s/%d" % (folder, written), "wb") as file: file.write(block)
            written += len(block)
        return "no end"
    except OSError as error:
        return errno.errorcode[error.errno]
return report(tmp=lambda: fill("/tmp", 100), shm=lambda: fill("/dev/shm", 50), work=lambda: fill("/work", 400))`);
    expect(found).toEqual({ tmp: "ENOSPC", shm: "ENOSPC", work: "ENOSPC" });
  });

  it("that kills all that it sees harms no other, and its process goes on", async () => {
    const neighbour = await runnerd().specOf({
      code: "import time\ndef handle(i):\n    time.sleep(1)\n    return {'said': 'alive'}\n",
      outputs,
    });
    const undisturbed = runnerd().call(neighbour);
    const found = await ask(
      "import signal\nreturn report(all=lambda: os.kill(-1, signal.SIGKILL), init=lambda: os.kill(1, signal.SIGKILL))",
    );
    expect(found.init).toMatch(/^(done|EPERM)$/);
    expect(outputsOf(await undisturbed)).toEqual({ said: "alive" });
  });

  it.skipIf(arch !== "x64")("is refused the system calls that sandboxes are broken by", async () => {
    const calls = { mount: 165, umount2: 166, pivot_root: 155, unshare: 272, setns: 308, ptrace: 101, bpf: 321 };
    const more = { perf_event_open: 298, io_uring_setup: 425, keyctl: 250, add_key: 248, userfaultfd: 323, kexec: 246 };
    // Shared memory and queues that would be there for the next call.
    const lasting = { shmget: 29, semget: 64, msgget: 68, mq_open: 240 };
    const found = await ask(
      `
return report(clone_newuser=lambda: call(56, 0x10000000, 0, 0, 0, 0), clone3=lambda: call(435, 0, 0),
    **{name: (lambda number=number: call(number, 0, 0, 0, 0, 0)) for name, number in json.loads(i["calls"]).items()})`,
      { calls: JSON.stringify({ ...calls, ...more, ...lasting }) },
    );
    const { clone3, ...rest } = found;
    expect(clone3).toBe("ENOSYS");
    for (const [name, word] of Object.entries(rest)) expect([name, word]).toEqual([name, "EPERM"]);
  });

  it("changes nothing of its dependencies, and does not see another project's", async () => {
    const { packageDir: depsDir } = await runnerd().specOf({ code: "", files: { "shared.py": "value = 1\n" } });
    const code = `
import shared
def handle(i):
    try:
        open("/deps/shared.py", "w").close()
    except OSError as error:
        return {"said": "%s %d" % (error.strerror, shared.value)}
`;
    const ended = await runnerd().run({ code, outputs, spec: { depsDir } });
    expect(outputsOf(ended)).toEqual({ said: "Read-only file system 1" });
    const stranger = await runnerd().specOf({ code: "import shared\ndef handle(i): pass\n" }, 2);
    expect(errorOf(await runnerd().call(stranger))).toMatchObject({ class: "ModuleNotFoundError", origin: "import" });
  });
});
