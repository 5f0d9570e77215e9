import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sandboxLevels } from "@/lib/fleet/sandbox-level";
import { outputsOf, TestRunnerd } from "../support/runnerd";

const isRoot = process.getuid?.() === 0;
/** Only root has other users to run handlers as. */
const weak = isRoot ? "L1" : "L0";
const reachedBy = { L0: "L0", L1: weak, L2: "L2", L3p: "L3p", L3: "L3" } as const;

it.each(Object.entries(reachedBy))(
  "held at %s, the report says %s, what it means, and why it is not more",
  async (held, reached) => {
    const runnerd = await TestRunnerd.start({ MILLRACE_SANDBOX_LEVEL: held });
    try {
      const { level, meaning, reason, fix, limits } = runnerd.report;
      expect(sandboxLevels.indexOf(level)).toBeLessThanOrEqual(sandboxLevels.indexOf(reached));
      expect([meaning, limits]).toEqual([expect.stringMatching(/^Actions .*\.$/), expect.stringMatching(/\.$/)]);
      if (level === "L3" || level === "L3p") expect([reason, fix]).toEqual([null, null]);
      else expect([reason, fix]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/./)]);
      const code = "def handle(i):\n    return {'said': 'hello'}\n";
      expect(outputsOf(await runnerd.run({ code, outputs: { said: "string" } }))).toEqual({ said: "hello" });
    } finally {
      await runnerd.stop();
    }
  },
);

it("where actions cannot be confined either, the report says why, and they are not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "millrace-python-"));
  const python = join(folder, "python3");
  const described = JSON.stringify({ path: python, version: "3.99.0", prefix: "/usr" });
  const script = `#!/bin/sh\ncase "$*" in *confine.py*) echo "no Landlock in this kernel" >&2; exit 1;; esac\necho '${described}'\n`;
  writeFileSync(python, script, { mode: 0o755 });
  chmodSync(folder, 0o755);
  const runnerd = await TestRunnerd.start({ MILLRACE_SANDBOX_LEVEL: "L2", PATH: `${folder}:${process.env.PATH}` });
  try {
    expect(runnerd.report.level).toBe(weak);
    expect(runnerd.report.reason).toMatch(/holds it at L2\. Confining .* no Landlock in this kernel\.$/);
  } finally {
    await runnerd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

it("a descriptor that runnerd was given by mistake reaches no handler", async (context) => {
  const [log, listener] = [openSync("/dev/null", "w"), createServer().listen(0, "127.0.0.1")];
  await once(listener, "listening");
  const socket = (listener as unknown as { _handle: { fd: number } })._handle.fd;
  const runnerd = await TestRunnerd.start({}, {}, [], [], [log, socket]);
  try {
    context.skip(runnerd.report.level !== "L3", `this machine reaches ${runnerd.report.level}`);
    const code = `
import os
def handle(i):
    found = []
    for name in os.listdir("/proc/self/fd"):
        try: found.append((int(name), os.readlink("/proc/self/fd/" + name)))
        except OSError: pass
    return {"said": " ".join(str(fd) for fd, place in sorted(found) if fd > 2)}
`;
    expect(outputsOf(await runnerd.run({ code, outputs: { said: "string" } }))).toEqual({ said: "200" });
  } finally {
    await runnerd.stop();
    listener.close();
    closeSync(log);
  }
});

it.each([
  ["a file", "60<leaked", ["L0", "L1", "L2"]],
  // Without a /proc nobody sees that it is there.
  ["anything else", "60>/dev/null", ["L0", "L1", "L2", "L3p"]],
])("%s that reaches a handler all the same keeps the machine from its level", async (_what, given, levels) => {
  const folder = mkdtempSync(join(tmpdir(), "millrace-leak-"));
  const bubblewrap = execFileSync("sh", ["-c", "command -v bwrap || echo bwrap"], { encoding: "utf8" }).trim();
  writeFileSync(join(folder, "leaked"), "of the host");
  const leaking = `#!/bin/bash\ncd ${folder} && exec ${given}\nexec ${bubblewrap} "$@"\n`;
  writeFileSync(join(folder, "bwrap"), leaking, { mode: 0o755 });
  chmodSync(folder, 0o755);
  const runnerd = await TestRunnerd.start({ PATH: `${folder}:${process.env.PATH}` });
  try {
    expect(levels).toContain(runnerd.report.level);
    if (runnerd.report.reason)
      expect(runnerd.report.reason).toMatch(/a descriptor of the host was open: 60|bubblewrap/);
  } finally {
    await runnerd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
