import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { runnerdCommand } from "@/bin/launcher/runnerd-command";
import { type SandboxReport, sandboxLevels } from "@/lib/fleet/sandbox-level";
import { outputsOf, TestRunnerd } from "../support/runnerd";

const isRoot = process.getuid?.() === 0;
/** Held at L2, which is not built, a machine gets what is next below it. */
const reachedBy = { L0: "L0", L1: isRoot ? "L1" : "L0", L2: isRoot ? "L1" : "L0", L3p: "L3p", L3: "L3" } as const;

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

it("a descriptor that runnerd itself was given by mistake keeps the machine from its level", async (context) => {
  const usual = await TestRunnerd.start();
  const { level } = usual.report;
  await usual.stop();
  context.skip(level !== "L3", `this machine reaches ${level}`);
  const folder = mkdtempSync(join(tmpdir(), "millrace-leak-"));
  writeFileSync(join(folder, "leaked"), "of the host");
  const leaked = openSync(join(folder, "leaked"), "r");
  try {
    const socket = join(folder, "run", "runnerd.sock");
    const runners = resolve("workers/action-runtime/runners");
    const { command, args, environment } = runnerdCommand(resolve("dist"), [socket, runners], []);
    // Beyond what the launcher's shell and Node close.
    const stdio = ["pipe", "pipe", "inherit", ...Array(57).fill("ignore"), leaked] as ("pipe" | number)[];
    const child = spawn(command, args, { env: environment, stdio });
    const [data] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    child.kill("SIGTERM");
    await once(child, "exit");
    const { report } = JSON.parse(String(data)) as { report: SandboxReport };
    expect(report.level).not.toMatch(/^L3/);
    expect(report.reason).toContain("a descriptor of the host was open");
  } finally {
    closeSync(leaked);
    rmSync(folder, { recursive: true, force: true });
  }
});
