import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { attempting, confinedUsers } from "../support/attempts";
import { useRunnerdAt } from "../support/levels";
import { errorOf, type Handler, outputsOf } from "../support/runnerd";

/** What a handler reads and writes where no namespaces can be made, and what nothing there keeps from it. */

const secret = `planted-${randomBytes(12).toString("hex")}`;

describe.each(confinedUsers)("at L2, as $who, a handler", ({ user }) => {
  const runnerd = useRunnerdAt("L2", { PLANTED: secret }, { user });
  const ask = async (body: string, inputs: Record<string, string> = {}) =>
    JSON.parse(String(outputsOf(await runnerd().run(attempting(body, inputs), inputs)).said));

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
    const handler = attempting(
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
    const spec = await runnerd().specOf({ ...attempting(body), spec: { depsDir } });
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
