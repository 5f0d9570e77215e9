import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { StartFailed } from "./settings";

function tryListen(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host }, () => server.close(() => resolve()));
  });
}

/** The process that listens on a port, where Linux tells: `nginx (pid 812)`. */
function holderOf(port: number): string | undefined {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, "0");
    const lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => readFileSync(file, "utf8").split("\n"));
    const listening = lines
      .map((line) => line.trim().split(/\s+/))
      .find((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === "0A");
    const inode = listening?.[9];
    if (!inode) return undefined;
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      if (hasSocket(pid, inode)) return `${readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (pid ${pid})`;
    }
  } catch {
    // Only a help for the message.
  }
  return undefined;
}

function hasSocket(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}

/** @throws StartFailed naming the port and who has it */
export async function assertPortFree(port: number, host: string): Promise<void> {
  try {
    await tryListen(port, host);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE")
      throw new StartFailed(`Cannot listen on ${host}:${port}: ${message}`, "Choose another HOST or PORT.", { cause });
    const holder = holderOf(port);
    throw new StartFailed(
      `Port ${port} on ${host} is taken${holder ? ` by ${holder}` : ""}.`,
      `Stop what uses it, or choose another port: PORT=${port + 1} npm start`,
      { cause },
    );
  }
}
