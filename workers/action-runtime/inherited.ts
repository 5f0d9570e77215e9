import { closeSync, readdirSync, readFileSync } from "node:fs";

const closeOnExec = 0o2000000;

/**
 * Closes what this process was given by mistake besides its standard streams, whatever it is: a sandbox would have it too.
 * What Node opens itself does not outlive an exec, which is how the two are told apart. Does nothing but on Linux.
 */
export function closeInherited(): void {
  let open: number[];
  try {
    open = readdirSync("/proc/self/fd").map(Number);
  } catch {
    return;
  }
  for (const fd of open.filter((each) => each > 2)) {
    try {
      const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1];
      if (flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0) closeSync(fd);
    } catch {
      // That of the listing itself.
    }
  }
}
